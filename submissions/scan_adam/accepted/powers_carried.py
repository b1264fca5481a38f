"""The powers of both betas are carried instead of a step count."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    b1, b2, eps = 0.9, 0.999, 1e-8

    def step(carry, batch):
        w, m, v, p1, p2 = carry
        g = jax.grad(lambda u, x, y: jnp.sum((u * x - y) ** 2))(w, *batch)
        p1, p2 = p1 * b1, p2 * b2
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g**2
        w = w - lr * (m / (1 - p1)) / (jnp.sqrt(v / (1 - p2)) + eps)
        return (w, m, v, p1, p2), None

    start = (w, jnp.zeros_like(w), jnp.zeros_like(w), 1.0, 1.0)
    return jax.lax.scan(step, start, (x_batches, y_batches))[0][0]
