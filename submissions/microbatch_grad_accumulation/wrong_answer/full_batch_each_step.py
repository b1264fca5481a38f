"""Every step adds the gradient of all examples: the result is n_micro times too large."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        return total + jax.grad(lambda v: jnp.sum((v * x_full - y_full) ** 2))(w), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(body, jnp.zeros_like(w), rows)[0]
