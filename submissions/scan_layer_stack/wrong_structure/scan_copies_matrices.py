"""The scan only copies the matrices; a fori_loop applies the copies."""

import jax


def scan_apply_layers(weights, x):
    _, copies = jax.lax.scan(lambda h, w: (h * 0.5, w + 0.0 * h[0]), x, weights)
    return jax.lax.fori_loop(0, len(weights), lambda i, h: copies[i] @ h, x)
