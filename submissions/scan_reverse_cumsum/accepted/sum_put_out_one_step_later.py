"""Each step puts out the total before it; the sums are the last total and these without the last."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    total, after = jax.lax.scan(lambda t, v: (t + v, t), 0.0, x, reverse=True)
    return jnp.concatenate([total[None], after[:-1]])
