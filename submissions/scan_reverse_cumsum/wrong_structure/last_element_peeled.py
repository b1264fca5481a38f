"""The carry starts from x[-1], so the scan takes N-1 steps over the rest."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    rest = jax.lax.scan(lambda t, v: (t + v, t + v), x[-1], x[:-1], reverse=True)[1]
    return jnp.append(rest, x[-1])
