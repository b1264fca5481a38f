"""The plainest form: the vector is carried, the matrices are scanned."""

import jax


def scan_apply_layers(weights, x):
    def layer(h, weight):
        return weight @ h, None

    h, _ = jax.lax.scan(layer, x, weights)
    return h
