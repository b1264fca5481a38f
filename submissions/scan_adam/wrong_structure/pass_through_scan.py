"""A fori_loop trains the weight; a scan then carries the finished weight along unchanged."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(i, carry):
        w, m, v = carry
        x, y = x_batches[i], y_batches[i]
        g = 2 * jnp.dot(x, w * x - y)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        t = i + 1
        return w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v

    w, _, _ = jax.lax.fori_loop(0, len(x_batches), step, (w, 0.0, 0.0))
    keep = lambda w, batch: (w + 0.0 * jnp.vdot(*batch), None)
    return jax.lax.scan(keep, w, (x_batches, y_batches))[0]
