"""The sign of the update is flipped: the weight climbs the loss."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, ema = carry
        x, y = batch
        w = w + lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w, decay * ema + (1 - decay) * w), None

    return jax.lax.scan(step, (w, w), (x_batches, y_batches))[0]
