"""The whole result of lax.scan is returned, the pair (h, None), instead of the vector."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w @ h, None), x, weights)
