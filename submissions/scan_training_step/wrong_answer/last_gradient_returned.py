"""The gradient of the last step is returned instead of the weight."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    grad_fn = jax.grad(lambda w, x, y: jnp.sum((w * x - y) ** 2))

    def step(carry, batch):
        w, _ = carry
        g = grad_fn(w, *batch)
        return (w - lr * g, g), None

    (w, g), _ = jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))
    return g
