"""A Python loop over the elements."""

import jax.numpy as jnp


def running_mean(x):
    means, total = [], 0.0
    for count, value in enumerate(x, start=1):
        total = total + value
        means.append(total / count)
    return jnp.array(means)
