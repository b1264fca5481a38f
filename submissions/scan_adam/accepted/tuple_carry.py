"""Weight, both moments and the step count are a tuple."""

import jax
import jax.numpy as jnp

B1, B2, EPS = 0.9, 0.999, 1e-8


def loss_fn(w, x, y):
    return jnp.sum((w * x - y) ** 2)


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        g = jax.grad(loss_fn)(w, x, y)
        t = t + 1
        m = B1 * m + (1 - B1) * g
        v = B2 * v + (1 - B2) * g * g
        m_hat = m / (1 - B1**t)
        v_hat = v / (1 - B2**t)
        w = w - lr * m_hat / (jnp.sqrt(v_hat) + EPS)
        return (w, m, v, t), None

    (w, m, v, t), _ = jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))
    return w
