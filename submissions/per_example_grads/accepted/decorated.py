"""jit and vmap as decorators."""

from functools import partial

import jax
import jax.numpy as jnp


@jax.jit
@partial(jax.vmap, in_axes=(None, 0, 0))
@jax.grad
def gradient(w, x, y):
    return jnp.square(jnp.dot(w, x) - y)


def per_example_grads(w, x, y):
    return gradient(w, x, y)
