"""The step count is a variable of the function, which the body reads before assigning it."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    t = 0

    def step(carry, batch):
        w, m, v = carry
        x, y = batch
        t += 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v), None

    return jax.lax.scan(step, (w, 0.0, 0.0), (x_batches, y_batches))[0][0]
