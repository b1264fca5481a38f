"""The paper's faster form: the bias correction is in the step size, not in the moments."""

import jax
import jax.numpy as jnp


@jax.jit
def scan_adam(w, lr, x_batches, y_batches):
    def body(state, rows):
        w, m, v, t = state
        x, y = rows
        g = 2.0 * jnp.dot(x, w * x - y)
        t = t + 1.0
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        alpha = lr * jnp.sqrt(1.0 - 0.999**t) / (1.0 - 0.9**t)
        return (w - alpha * m / (jnp.sqrt(v) + 1e-8), m, v, t), None

    zero = jnp.zeros_like(w)
    return jax.lax.scan(body, (w, zero, zero, zero), (x_batches, y_batches))[0][0]
