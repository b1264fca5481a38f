"""The average starts from the weight after the first step instead of the one before it."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, ema, first = carry
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        ema = jnp.where(first, w, decay * ema + (1 - decay) * w)
        return (w, ema, False), None

    (w, ema, _), _ = jax.lax.scan(step, (w, w, True), (x_batches, y_batches))
    return w, ema
