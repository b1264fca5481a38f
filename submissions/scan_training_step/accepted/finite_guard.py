"""jnp.where keeps the old weight should the gradient ever stop being finite."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = 2.0 * jnp.sum(x * (w * x - y))
        return jnp.where(jnp.isfinite(g), w - lr * g, w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
