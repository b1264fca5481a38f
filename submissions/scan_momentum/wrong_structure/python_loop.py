"""A Python loop over the rows, with weight and velocity as local variables."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    v = 0.0
    for x, y in zip(x_batches, y_batches):
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        w = w - lr * v
    return w
