"""A Python loop over the rows, with a jitted gradient."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    gradient = jax.jit(jax.grad(lambda w, x, y: (x @ w - y) ** 2))
    rows = []
    for row, target in zip(x, y):
        rows.append(gradient(w, row, target))
    return jnp.array(rows)
