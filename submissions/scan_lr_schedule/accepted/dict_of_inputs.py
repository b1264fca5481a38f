"""The scanned inputs are a dict, the carry is a dict with a step counter."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(state, row):
        def loss(u):
            return jnp.sum(jnp.square(row["y"] - u * row["x"]))

        w = state["w"] - row["lr"] * jax.grad(loss)(state["w"])
        return {"w": w, "step": state["step"] + 1}, {"lr": row["lr"]}

    xs = {"lr": lrs, "x": x_batches, "y": y_batches}
    state, _ = jax.lax.scan(step, {"w": w, "step": 0}, xs)
    return state["w"]
