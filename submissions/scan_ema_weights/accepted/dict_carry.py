"""A dict is carried, and the losses are put out on the way."""

import jax
import jax.numpy as jnp


@jax.jit
def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(state, batch):
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * batch["x"] - batch["y"]) ** 2))(
            state["w"]
        )
        w = state["w"] - lr * g
        ema = state["ema"] - (1 - decay) * (state["ema"] - w)
        return {"w": w, "ema": ema}, loss

    state, losses = jax.lax.scan(step, {"w": w, "ema": w}, {"x": x_batches, "y": y_batches})
    return state["w"], state["ema"]
