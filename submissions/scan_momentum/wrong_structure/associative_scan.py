"""Each step is a matrix on (w, v, 1), and the matrices are multiplied by associative_scan."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    a = 2 * jnp.sum(x_batches**2, axis=1)
    b = -2 * jnp.sum(x_batches * y_batches, axis=1)
    one, zero = jnp.ones_like(a), jnp.zeros_like(a)
    rows = [[one - lr * a, -lr * beta * one, -lr * b], [a, beta * one, b], [zero, zero, one]]
    steps = jnp.stack([jnp.stack(row, axis=-1) for row in rows], axis=-2)
    product = jax.lax.associative_scan(lambda p, q: q @ p, steps)[-1]
    return (product @ jnp.array([w, 0.0, 1.0]))[0]
