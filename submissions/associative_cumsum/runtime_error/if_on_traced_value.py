"""A Python if looks at the second operand, which is traced."""

import jax


def parallel_cumsum(x):
    def combine(a, b):
        if b == 0:
            return a
        return a + b

    return jax.lax.associative_scan(combine, x)
