"""The bias correction is missing: the moments are used as they are."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, m, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        return (w - lr * m / (jnp.sqrt(v) + 1e-8), m, v), None

    zero = jnp.zeros_like(w)
    return jax.lax.scan(step, (w, zero, zero), (x_batches, y_batches))[0][0]
