"""The scan multiplies the matrices together, starting from the identity; x comes after it."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    product, _ = jax.lax.scan(lambda p, w: (w @ p, None), jnp.eye(x.shape[0]), weights)
    return product @ x
