"""Only the mean of all elements is returned, a scalar, instead of all N means."""

import jax


def running_mean(x):
    def body(carry, value):
        total, count = carry
        total, count = total + value, count + 1
        return (total, count), total / count

    (total, count), _ = jax.lax.scan(body, (0.0, 0), x)
    return total / count
