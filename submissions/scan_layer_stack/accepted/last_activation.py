"""The last of the stacked activations is returned."""

import jax


def scan_apply_layers(weights, x):
    def layer(h, weight):
        h = weight @ h
        return h, h

    _, activations = jax.lax.scan(layer, x, weights)
    return activations[-1]
