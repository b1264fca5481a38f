"""A while_loop runs until the count reaches the number of rows."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]

    def step(state):
        w, m, v, t = state
        x, y = x_batches[t], y_batches[t]
        t = t + 1
        g = 2 * jnp.dot(x, w * x - y)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        return w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v, t

    return jax.lax.while_loop(lambda s: s[3] < n, step, (w, 0.0, 0.0, 0))[0]
