"""A column vector is carried."""

import jax


def scan_apply_layers(weights, x):
    column, _ = jax.lax.scan(lambda h, weight: (weight @ h, None), x[:, None], weights)
    return column[:, 0]
