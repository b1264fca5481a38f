"""The vector is multiplied from the left, h @ weight: each matrix is applied transposed."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, weight: (h @ weight, None), x, weights)[0]
