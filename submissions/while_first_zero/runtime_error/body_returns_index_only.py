"""The body returns the index alone where the state is a pair."""

import jax


def first_zero(x, max_iters):
    def body(state):
        i, found = state
        return i + 1

    return jax.lax.while_loop(lambda s: (s[0] < max_iters) & ~s[1], body, (0, False))[0]
