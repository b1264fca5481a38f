"""Body and condition take the parts of the state separately."""

import jax


def first_zero(x, max_iters):
    def going(i, found):
        return (i < max_iters) & ~found

    def step(i, found):
        return i + 1, x[i] == 0

    return jax.lax.while_loop(going, step, (0, False))[0]
