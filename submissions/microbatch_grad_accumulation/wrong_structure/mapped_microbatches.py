"""lax.map takes the gradients one by one, and jnp.sum adds them afterwards."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def gradient(batch):
        x, y = batch
        return jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.map(gradient, rows).sum()
