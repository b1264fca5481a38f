"""The factor 2 of the square is missing: the result is half the gradient."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        x, y = batch
        return total + jnp.sum(x * (w * x - y)), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(body, jnp.zeros_like(w), rows)[0]
