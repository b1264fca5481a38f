"""The body returns the vector alone, without an output beside it."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, weight: weight @ h, x, weights)[0]
