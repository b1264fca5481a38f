"""The sums have a gradient of their own, which is a reverse associative scan."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x)


def forward(x):
    return parallel_cumsum(x), None


def backward(_, cotangent):
    return (jax.lax.associative_scan(jnp.add, cotangent, reverse=True),)


parallel_cumsum.defvjp(forward, backward)
