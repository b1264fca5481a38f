"""The scan adds up the losses, and the gradient is taken of all of it at once."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))

    def total_loss(v):
        def step(total, batch):
            x, y = batch
            return total + jnp.sum((v * x - y) ** 2), None

        return jax.lax.scan(step, 0.0, rows)[0]

    return jax.grad(total_loss)(w)
