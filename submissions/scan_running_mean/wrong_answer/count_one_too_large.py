"""Every divisor is one too large, as with a count that starts from 1 and is increased before it is used."""

import jax


def running_mean(x):
    def body(carry, value):
        total, count = carry
        total, count = total + value, count + 1
        return (total, count), total / count

    return jax.lax.scan(body, (0.0, 1), x)[1]
