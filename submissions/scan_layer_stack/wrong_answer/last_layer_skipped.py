"""The last matrix is skipped: the vector before it is returned."""

import jax


def scan_apply_layers(weights, x):
    _, before = jax.lax.scan(lambda h, w: (w @ h, h), x, weights)
    return before[-1]
