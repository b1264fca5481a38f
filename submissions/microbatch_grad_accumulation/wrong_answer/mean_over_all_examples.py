"""The result is the gradient of the mean over all examples instead of the sum."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        x, y = batch
        return total + jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    total, _ = jax.lax.scan(body, jnp.zeros_like(w), rows)
    return total / len(x_full)
