"""Every step applies weights[0]: the scanned matrix is not used."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (weights[0] @ h, None), x, weights)[0]
