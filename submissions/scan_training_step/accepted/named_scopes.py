"""jax.named_scope labels for the profiler around forward, backward and update."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        with jax.named_scope("forward"):
            residual = w * x - y
        with jax.named_scope("backward"):
            g = 2.0 * jnp.sum(residual * x)
        with jax.named_scope("update"):
            w = w - lr * g
        return w, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
