"""The symmetric matrix is made in the body of a while loop of one step."""

import jax
import jax.numpy as jnp


def hvp(x, A, v):
    def body(state):
        return False, (A + A.T) @ v

    return jax.lax.while_loop(lambda s: s[0], body, (True, jnp.zeros_like(v)))[1]
