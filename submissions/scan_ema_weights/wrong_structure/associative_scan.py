"""The affine steps are composed as 3-by-3 matrices with lax.associative_scan."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def matrix(x, y):
        m, c = 1 - 2 * lr * (x @ x), 2 * lr * (x @ y)
        k = 1 - decay
        return jnp.array([[m, 0.0, c], [k * m, decay, k * c], [0.0, 0.0, 1.0]])

    steps = jax.vmap(matrix)(x_batches, y_batches)
    product = jax.lax.associative_scan(lambda a, b: b @ a, steps)[-1]
    w, ema, _ = product @ jnp.array([w, w, 1.0])
    return w, ema
