"""The first matrix is applied before the scan, which takes N-1 steps."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w @ h, None), weights[0] @ x, weights[1:])[0]
