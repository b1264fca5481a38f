"""x is split into columns and y into rows, so examples get the targets of others."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    xs, ys = x_full.reshape(-1, n_micro).T, y_full.reshape(n_micro, -1)

    def step(total, batch):
        x, y = batch
        return total + jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    return jax.lax.scan(step, 0.0, (xs, ys))[0]
