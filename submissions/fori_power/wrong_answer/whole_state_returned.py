"""The whole state of the loop is returned, the counter beside the power."""

import jax


def fori_power(x, n):
    state = (1.0, n)
    return jax.lax.while_loop(lambda s: s[1] > 0, lambda s: (s[0] * x, s[1] - 1), state)
