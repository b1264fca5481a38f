"""One pullback from each unit vector, in a Python loop."""

import jax
import jax.numpy as jnp


def per_example_grads(w, x, y):
    losses, back = jax.vjp(lambda w: (x @ w - y) ** 2, w)
    return jnp.stack([back(unit)[0] for unit in jnp.eye(len(losses))])
