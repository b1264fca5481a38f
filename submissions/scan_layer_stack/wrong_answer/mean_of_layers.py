"""The matrices are averaged, and their mean is applied once."""

import jax.numpy as jnp


def scan_apply_layers(weights, x):
    return jnp.mean(weights, axis=0) @ x
