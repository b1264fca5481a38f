"""A bounded search as a loop: the index is carried, and the condition looks at the element."""

import jax
import jax.numpy as jnp


def first_zero(x: jax.Array, max_iters: jax.Array) -> jax.Array:
    """The index of the first zero; how many elements were looked at if there is none."""
    most = jnp.minimum(max_iters, len(x))

    def looking(index: jax.Array) -> jax.Array:
        # Beyond the end there is no element: look at the last one again, `most` ends the loop.
        element = x[jnp.minimum(index, len(x) - 1)]
        return (index < most) & (element != 0)

    return jax.lax.while_loop(looking, lambda index: index + 1, jnp.int32(0))
