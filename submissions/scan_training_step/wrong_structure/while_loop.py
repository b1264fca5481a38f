"""lax.while_loop with a counter in its state."""

import jax
import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]

    def not_done(state):
        i, _ = state
        return i < n

    def step(state):
        i, w = state
        x = lax.dynamic_index_in_dim(x_batches, i, keepdims=False)
        y = lax.dynamic_index_in_dim(y_batches, i, keepdims=False)
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return i + 1, w - lr * g

    _, w = lax.while_loop(not_done, step, (0, w))
    return w
