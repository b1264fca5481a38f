"""The steps put out the new weights instead of the losses."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w, w

    w, history = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([w[None], history])
