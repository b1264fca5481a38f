"""The carry keeps all elements seen so far, and each step takes the mean of them anew."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        kept, count = carry
        kept, count = kept.at[count].set(value), count + 1
        return (kept, count), jnp.sum(kept) / count

    return jax.lax.scan(body, (jnp.zeros_like(x), 0), x)[1]
