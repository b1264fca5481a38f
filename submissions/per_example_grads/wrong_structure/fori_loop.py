"""A fori_loop that sets one row after the other."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    def body(i, grads):
        g = jax.grad(lambda w: (x[i] @ w - y[i]) ** 2)(w)
        return grads.at[i].set(g)

    return jax.lax.fori_loop(0, x.shape[0], body, jnp.zeros_like(x))
