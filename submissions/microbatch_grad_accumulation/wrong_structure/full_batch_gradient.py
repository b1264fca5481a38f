"""One gradient of the whole batch, without any microbatches."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    return jax.grad(lambda v: jnp.sum((v * x_full - y_full) ** 2))(w)
