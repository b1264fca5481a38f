"""Reading beyond the end gives 0, which ends the loop."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def looking(i):
        return jnp.all(jnp.array([i < max_iters, x.at[i].get(mode="fill", fill_value=0) != 0]))

    return jax.lax.while_loop(looking, lambda i: i + 1, 0)
