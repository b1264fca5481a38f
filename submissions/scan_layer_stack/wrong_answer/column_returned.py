"""The result is a column, shape (D, 1), instead of a vector."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w @ h, None), x[:, None], weights)[0]
