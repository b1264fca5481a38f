"""A Python loop over the rows, in which the powers of beta are Python numbers."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    m = v = 0.0
    for t, (x, y) in enumerate(zip(x_batches, y_batches), start=1):
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w
