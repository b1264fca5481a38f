"""The body is a lambda."""

import jax
import jax.numpy as jnp

g = jax.grad(lambda w, x, y: jnp.sum((w * x - y) ** 2))


def scan_training_step(w, lr, x_batches, y_batches):
    return jax.lax.scan(lambda w, b: (w - lr * g(w, *b), None), w, (x_batches, y_batches))[0]
