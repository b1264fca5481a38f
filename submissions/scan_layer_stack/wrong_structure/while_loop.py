"""A while_loop with a counter."""

import jax


def scan_apply_layers(weights, x):
    n = weights.shape[0]
    body = lambda s: (s[0] + 1, weights[s[0]] @ s[1])  # noqa: E731
    return jax.lax.while_loop(lambda s: s[0] < n, body, (0, x))[1]
