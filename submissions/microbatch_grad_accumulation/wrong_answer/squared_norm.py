"""The squares of the gradients are added instead of the gradients."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return total + g**2, None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(body, jnp.zeros_like(w), rows)[0]
