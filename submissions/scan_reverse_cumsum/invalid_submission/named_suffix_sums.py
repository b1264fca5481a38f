"""The function is called suffix_sums."""

import jax


def suffix_sums(x):
    return jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, x, reverse=True)[1]
