"""The matrices are applied transposed and in reverse order, as in a backward pass."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w.T @ h, None), x, weights, reverse=True)[0]
