"""1 - beta^t is computed as -expm1(t*log(beta)), and the root with rsqrt."""

import jax
import jax.numpy as jnp
from jax import lax


def scan_adam(w, lr, x_batches, y_batches):
    log1, log2 = jnp.log(0.9), jnp.log(0.999)

    @jax.checkpoint
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = 2.0 * jnp.vdot(x, w * x - y)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * lax.square(g)
        m_hat = m / -jnp.expm1(t * log1)
        v_hat = v / -jnp.expm1(t * log2)
        return (w - lr * m_hat / (lax.sqrt(v_hat) + 1e-8), m, v, t), w

    end, _ = lax.scan(step, (w, 0.0, 0.0, 0.0), (x_batches, y_batches))
    return end[0]
