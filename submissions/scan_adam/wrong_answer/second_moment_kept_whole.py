"""The old second moment is not multiplied by beta2."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        t = t + 1
        m = 0.9 * m + 0.1 * g
        v = v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v, t), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))[0][0]
