"""A while_loop with a counter indexes the rows of the batches."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(state):
        i, w, v = state
        v = beta * v + 2 * jnp.dot(x_batches[i], w * x_batches[i] - y_batches[i])
        return i + 1, w - lr * v, v

    start = (0, w, jnp.zeros_like(w))
    return jax.lax.while_loop(lambda s: s[0] < x_batches.shape[0], step, start)[1]
