"""The length of an element is asked for, which is a number without one."""

import jax


def running_mean(x):
    def body(total, value):
        total = total + value
        return total, total / len(value)

    return jax.lax.scan(body, 0.0, x)[1]
