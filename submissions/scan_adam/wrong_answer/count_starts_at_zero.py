"""The weight is nan, as when the step count is 0 in the first step: it divides zero by zero."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat = m / (1 - 0.9**t)
        v_hat = v / (1 - 0.999**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v, t + 1), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0.0), (x_batches, y_batches))[0][0]
