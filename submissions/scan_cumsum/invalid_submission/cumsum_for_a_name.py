"""The function is called cumsum."""

import jax


def cumsum(x):
    return jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, x)[1]
