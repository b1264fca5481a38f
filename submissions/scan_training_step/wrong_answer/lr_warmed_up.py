"""The learning rate is warmed up linearly from lr/N to lr instead of staying constant."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]
    warmup = jnp.arange(1, n + 1, dtype=jnp.float32) / n

    def step(w, inputs):
        x, y, factor = inputs
        g = 2.0 * jnp.sum(x * (w * x - y))
        return w - lr * factor * g, None

    return jax.lax.scan(step, w, (x_batches, y_batches, warmup))[0]
