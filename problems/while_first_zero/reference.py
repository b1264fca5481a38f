import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    """The index of the first zero; how many elements were looked at if there is none."""
    most = jnp.minimum(max_iters, len(x))

    def looking(index):
        return (index < most) & (x[jnp.minimum(index, len(x) - 1)] != 0)

    return jax.lax.while_loop(looking, lambda index: index + 1, jnp.int32(0))
