"""The root is taken before the second moment is corrected: sqrt(v) / (1 - beta2**t).

Correct both moments first, and take the root of the corrected one: sqrt(v / (1 - beta2**t)).
"""

import jax
import jax.numpy as jnp

B1, B2 = 0.9, 0.999


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g**2
        root = jnp.sqrt(v) / (1 - B2**t)
        return (w - lr * m / (1 - B1**t) / (root + 1e-8), m, v, t), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))[0][0]
