"""Both arrays of batches are carried whole and indexed by the step count."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, _):
        w, m, v, t, xs, ys = carry
        g = 2 * jnp.dot(xs[t], w * xs[t] - ys[t])
        t = t + 1
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return (w, m, v, t, xs, ys), None

    start = (w, 0.0, 0.0, 0, x_batches, y_batches)
    return jax.lax.scan(step, start, None, length=len(x_batches))[0][0]
