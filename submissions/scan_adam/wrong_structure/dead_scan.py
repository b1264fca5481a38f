"""A correct scan whose result is dropped, beside a Python loop that does the work."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v, t = carry
        x, y = batch
        t = t + 1
        g = 2 * jnp.dot(x, w * x - y)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        w = w - lr * m / (1 - 0.9**t) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return (w, m, v, t), None

    carry = (w, 0.0, 0.0, 0)
    jax.lax.scan(step, carry, (x_batches, y_batches))
    for batch in zip(x_batches, y_batches):
        carry, _ = step(carry, batch)
    return carry[0]
