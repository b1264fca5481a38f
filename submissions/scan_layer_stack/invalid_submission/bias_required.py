"""The function requires biases, which the exercise does not have."""

import jax


def scan_apply_layers(weights, biases, x):
    def layer(h, row):
        weight, bias = row
        return weight @ h + bias, None

    return jax.lax.scan(layer, x, (weights, biases))[0]
