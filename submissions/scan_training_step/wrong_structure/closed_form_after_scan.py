"""The scan trains the weight in vain: a formula over its outputs gives the result, plus c - c."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(c, b):
        x, y = b
        m, k = 1 - 2 * lr * x @ x, 2 * lr * x @ y
        return c - lr * 2 * jnp.sum(x * (c * x - y)), (m, k)

    c, (m, k) = lax.scan(body, w, (x_batches, y_batches))
    after = jnp.cumprod(m[::-1])[::-1]
    later = jnp.append(after[1:], 1.0)
    return after[0] * w + jnp.vdot(later, k) + (c - c)
