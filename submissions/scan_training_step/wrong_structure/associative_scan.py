"""The affine maps of all steps are composed with lax.associative_scan."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    m = 1.0 - 2.0 * lr * jnp.sum(x_batches**2, axis=1)
    c = 2.0 * lr * jnp.sum(x_batches * y_batches, axis=1)

    def compose(first, second):
        m1, c1 = first
        m2, c2 = second
        return m2 * m1, m2 * c1 + c2

    M, C = lax.associative_scan(compose, (m, c))
    return M[-1] * w + C[-1]
