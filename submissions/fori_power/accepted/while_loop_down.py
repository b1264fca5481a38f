"""lax.while_loop over a tuple, with n counted down to zero."""

from jax import lax


def fori_power(x, n):
    def going(state):
        _, left = state
        return left > 0

    def step(state):
        power, left = state
        return power * x, left - 1

    return lax.while_loop(going, step, (1.0, n))[0]
