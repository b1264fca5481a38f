"""The gradient step is applied to the learning rate too, so lr changes from step to step."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    params = {"w": w, "lr": lr}

    def step(params, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(params["w"])
        params = jax.tree.map(lambda p: p - params["lr"] * g, params)
        return params, None

    params, _ = jax.lax.scan(step, params, (x_batches, y_batches))
    return params["w"]
