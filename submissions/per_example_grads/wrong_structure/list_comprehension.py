"""One call of grad for each row, in a list comprehension."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    gradient = jax.grad(lambda w, x, y: (x @ w - y) ** 2)
    return jnp.stack([gradient(w, x[i], y[i]) for i in range(x.shape[0])])
