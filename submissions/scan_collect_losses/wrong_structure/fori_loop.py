"""A fori_loop over row indices, with the result array in the carry."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]

    def step(i, result):
        x, y = x_batches[i], y_batches[i]
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(result[0])
        return result.at[0].add(-lr * g).at[i + 1].set(loss)

    start = jnp.zeros(n + 1).at[0].set(w)
    return jax.lax.fori_loop(0, n, step, start)
