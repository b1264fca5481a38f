"""A while_loop that writes the sums into a buffer."""

import jax


def parallel_cumsum(x):
    def body(state):
        i, sums = state
        return i + 1, sums.at[i].add(sums[i - 1])

    return jax.lax.while_loop(lambda s: s[0] < x.shape[0], body, (1, x))[1]
