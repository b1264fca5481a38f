"""The product is an einsum, in a checkpointed body."""

import jax
import jax.numpy as jnp


@jax.checkpoint
def layer(h, weight):
    return jnp.einsum("ij,j->i", weight, h), None


def scan_apply_layers(weights, x):
    return jax.lax.scan(layer, x, weights)[0]
