"""The running product is carried: it is zero as soon as an element is."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(s):
        i, p = s
        p = p * x[i]
        return i + (p != 0), p

    return jax.lax.while_loop(lambda s: (s[0] < most) & (s[1] != 0), body, (0, jnp.int32(1)))[0]
