"""The function does not take n_micro; the number of microbatches is a constant."""

import jax
import jax.numpy as jnp

N_MICRO = 4


def accumulate_grads(w, x_full, y_full):
    def step(total, batch):
        x, y = batch
        return total + jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    rows = (x_full.reshape(N_MICRO, -1), y_full.reshape(N_MICRO, -1))
    return jax.lax.scan(step, jnp.zeros_like(w), rows)[0]
