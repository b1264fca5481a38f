"""The gradient is taken at the running sum instead of at w."""

import jax
import jax.numpy as jnp


def loss_fn(w, x, y):
    return jnp.sum((w * x - y) ** 2)


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        return total + jax.grad(loss_fn)(total, *batch), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(body, jnp.zeros_like(w), rows)[0]
