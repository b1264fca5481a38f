"""The scan has a gradient of its own: prefix sums of the cotangent."""

import jax
import jax.numpy as jnp


def running(x, reverse):
    def body(total, value):
        return total + value, total + value

    return jax.lax.scan(body, jnp.zeros((), x.dtype), x, reverse=reverse)[1]


@jax.custom_vjp
def reverse_cumsum(x):
    return running(x, True)


reverse_cumsum.defvjp(lambda x: (running(x, True), None), lambda _, ct: (running(ct, False),))
