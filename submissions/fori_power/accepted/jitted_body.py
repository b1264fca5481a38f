"""A jitted function around the loop, with a body of its own and array-typed start."""

import jax
import jax.numpy as jnp


@jax.jit
def fori_power(x: jax.Array, n: jax.Array) -> jax.Array:
    @jax.jit
    def multiply(_, power):
        return power * x

    start = jnp.array(1, dtype=x.dtype)
    return jax.lax.fori_loop(jnp.int32(0), n, multiply, start)
