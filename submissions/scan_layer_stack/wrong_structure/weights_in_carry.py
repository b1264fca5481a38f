"""The whole stack is carried and turned by one matrix at every step."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    def layer(carry, _):
        h, stack = carry
        return (stack[0] @ h, jnp.roll(stack, -1, axis=0)), None

    (h, _), _ = jax.lax.scan(layer, (x, weights), None, length=weights.shape[0])
    return h
