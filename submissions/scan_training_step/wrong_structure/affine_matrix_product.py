"""The affine steps are multiplied out as 2-by-2 matrices with functools.reduce."""

import functools

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    matrices = []
    for x, y in zip(x_batches, y_batches):
        m = 1.0 - 2.0 * lr * jnp.dot(x, x)
        c = 2.0 * lr * jnp.dot(x, y)
        matrices.append(jnp.array([[m, c], [0.0, 1.0]]))
    total = functools.reduce(lambda first, second: second @ first, matrices)
    return (total @ jnp.array([w, 1.0]))[0]
