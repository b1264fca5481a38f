"""jax.jit without static_argnames makes n_micro a traced value, which is no shape."""

import jax
import jax.numpy as jnp


@jax.jit
def accumulate_grads(w, x_full, y_full, n_micro):
    def step(total, batch):
        x, y = batch
        return total + jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(step, jnp.zeros_like(w), rows)[0]
