"""The gradient is never reset: each step also subtracts the gradients of all steps before it."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, grad = carry
        x, y = batch
        grad = grad + 2.0 * jnp.sum(x * (w * x - y))
        w = w - lr * grad
        return (w, grad), None

    (w, grad), _ = jax.lax.scan(step, (w, jnp.float32(0)), (x_batches, y_batches))
    return w
