"""Kahan summation: the carry holds the weight and the rounding error of the last update."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(c, b):
        w, comp = c
        x, y = b
        u = -lr * 2 * jnp.sum(x * (w * x - y)) - comp
        t = w + u
        comp = (t - w) - u
        return (t, comp), None

    return lax.scan(body, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0][0]
