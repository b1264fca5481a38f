"""The scan counts its steps and puts the gradients out; they are summed after it."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def step(count, batch):
        x, y = batch
        return count + 1, jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    _, gradients = jax.lax.scan(step, 0, rows)
    return gradients.sum()
