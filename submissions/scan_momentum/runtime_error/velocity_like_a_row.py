"""The velocity starts as zeros like a row of x and becomes a scalar."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = 2 * jnp.dot(x, w * x - y)
        v = beta * jnp.mean(v) + g
        return (w - lr * v, v), None

    start = (w, jnp.zeros_like(x_batches[0]))
    return jax.lax.scan(step, start, (x_batches, y_batches))[0][0]
