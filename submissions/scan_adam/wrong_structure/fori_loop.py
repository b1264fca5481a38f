"""A fori_loop, whose index is the step count, indexes the rows of the batches."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(i, carry):
        w, m, v = carry
        x, y = x_batches[i], y_batches[i]
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        t = i + 1
        return w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), m, v

    return jax.lax.fori_loop(0, len(x_batches), step, (w, 0.0, 0.0))[0]
