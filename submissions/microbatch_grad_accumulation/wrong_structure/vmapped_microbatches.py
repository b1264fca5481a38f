"""vmap takes the gradients of all microbatches at once, and jnp.sum adds them."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    g = jax.grad(lambda v, x, y: jnp.sum((v * x - y) ** 2))
    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jnp.sum(jax.vmap(g, in_axes=(None, 0, 0))(w, *rows))
