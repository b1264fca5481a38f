"""The body takes its matrix for the number of the layer."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, i: (weights[i] @ h, None), x, weights)[0]
