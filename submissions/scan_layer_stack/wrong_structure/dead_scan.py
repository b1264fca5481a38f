"""A scan whose result is thrown away, beside a while loop that gives the result."""

import jax


def scan_apply_layers(weights, x):
    jax.lax.scan(lambda h, w: (w @ h, None), x, weights)
    n = weights.shape[0]
    return jax.lax.while_loop(lambda s: s[0] < n, lambda s: (s[0] + 1, weights[s[0]] @ s[1]), (0, x))[1]
