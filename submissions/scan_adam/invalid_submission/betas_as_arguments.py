"""The function requires both betas and epsilon as arguments."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, beta1, beta2, eps, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + eps), m, v, t), None

    return jax.lax.scan(step, (w, 0.0, 0.0, 0), (x_batches, y_batches))[0][0]
