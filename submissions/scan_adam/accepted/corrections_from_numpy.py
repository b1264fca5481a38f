"""The corrections of all steps are a NumPy table, made while tracing and scanned."""

import jax
import jax.numpy as jnp
import numpy as np

B1, B2 = jnp.float32(0.9), jnp.float32(0.999)


def scan_adam(w, lr, x_batches, y_batches):
    steps = np.arange(1, x_batches.shape[0] + 1)
    corrections = jnp.asarray(np.stack([1 - 0.9**steps, 1 - 0.999**steps], axis=1), jnp.float32)

    def step(carry, row):
        w, m, v = carry
        (c1, c2), (x, y) = row
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * jnp.square(g)
        return (w - lr * (m / c1) / (jnp.sqrt(v / c2) + 1e-8), m, v), None

    rows = (corrections, (x_batches, y_batches))
    return jax.lax.scan(step, (w, jnp.zeros_like(w), jnp.zeros_like(w)), rows)[0][0]
