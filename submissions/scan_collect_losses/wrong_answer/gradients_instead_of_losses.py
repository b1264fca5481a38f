"""The steps put out the gradients instead of the losses."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * g, g

    w, out = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([w[None], out])
