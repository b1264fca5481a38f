"""The flipped stack is scanned from its end."""

import jax


def scan_apply_layers(weights, x):
    return jax.lax.scan(lambda h, w: (w @ h, None), x, weights[::-1], reverse=True)[0]
