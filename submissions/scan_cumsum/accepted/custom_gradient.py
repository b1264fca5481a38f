"""The scan sits in a function with a gradient of its own, a scan too."""

import jax
import jax.numpy as jnp


def running(x, reverse):
    def body(total, value):
        return total + value, total + value

    return jax.lax.scan(body, jnp.zeros((), x.dtype), x, reverse=reverse)[1]


@jax.custom_vjp
def cumulative_sum(x):
    return running(x, False)


def forward(x):
    return running(x, False), None


def backward(_, cotangent):
    return (running(cotangent, True),)


cumulative_sum.defvjp(forward, backward)
