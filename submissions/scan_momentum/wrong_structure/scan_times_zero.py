"""A Python loop plus zero times the result of a scan."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        v = beta * v + 2 * jnp.dot(x, w * x - y)
        return (w - lr * v, v), None

    carry = (w, jnp.zeros_like(w))
    scanned, _ = jax.lax.scan(step, carry, (x_batches, y_batches))
    for batch in zip(x_batches, y_batches):
        carry, _ = step(carry, batch)
    return carry[0] + 0.0 * scanned[0]
