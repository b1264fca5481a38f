"""The two betas are swapped: 0.999 for the first moment and 0.9 for the second."""

import jax
import jax.numpy as jnp

B1, B2 = 0.999, 0.9


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g**2
        m_hat, v_hat = m / (1 - B1**t), v / (1 - B2**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v, t), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))[0][0]
