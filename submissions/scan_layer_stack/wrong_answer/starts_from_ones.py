"""The scan starts from a vector of ones instead of from x."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w @ h, None), jnp.ones_like(x), weights)[0]
