"""The average is returned first and the weight second."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        ema, w = carry
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (decay * ema + (1 - decay) * w, w), None

    return jax.lax.scan(step, (w, w), (x_batches, y_batches))[0]
