"""Microbatches are columns of shape (B, 1), the accumulator has shape (1,)."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    x = x_full.reshape(n_micro, -1, 1)
    y = y_full.reshape(n_micro, -1, 1)

    def step(total, batch):
        x, y = batch
        error = x @ w[None] - y[:, 0]
        return total + 2.0 * x.T @ error, None

    total, _ = jax.lax.scan(step, jnp.zeros((1,)), (x, y), length=n_micro)
    return total[0]
