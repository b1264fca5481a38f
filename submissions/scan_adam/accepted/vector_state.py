"""Weight, moments and count are the elements of one array."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(s, batch):
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(s[0])
        t = s[3] + 1
        m = 0.9 * s[1] + 0.1 * g
        v = 0.999 * s[2] + 0.001 * g * g
        m_hat = m / (1 - 0.9**t)
        v_hat = v / (1 - 0.999**t)
        return jnp.stack([s[0] - lr * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v, t]), None

    start = jnp.zeros(4).at[0].set(w)
    return jax.lax.scan(step, start, (x_batches, y_batches), unroll=2)[0][0]
