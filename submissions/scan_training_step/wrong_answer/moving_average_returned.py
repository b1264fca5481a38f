"""An exponential moving average of the weights is returned instead of the last weight."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, ema = carry
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w, 0.9 * ema + 0.1 * w), None

    (_, ema), _ = jax.lax.scan(step, (w, w), (x_batches, y_batches))
    return ema
