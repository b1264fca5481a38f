"""A row vector is multiplied from the left with the transposed matrices."""

import jax
import jax.numpy as jnp


def scan_apply_layers(weights, x):
    transposed = jnp.swapaxes(weights, 1, 2)
    row, _ = jax.lax.scan(lambda h, weight: (h @ weight, None), x.reshape(1, -1), transposed)
    return row.reshape(-1)
