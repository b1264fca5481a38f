"""A jax.debug.print of the moments is left in the body."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = 2 * jnp.dot(x, w * x - y)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        jax.debug.print("{t}: {m} {v}", t=t, m=m, v=v)
        w = w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return (w, m, v, t), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))[0][0]
