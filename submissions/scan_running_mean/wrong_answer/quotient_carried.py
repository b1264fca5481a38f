"""The quotient is carried instead of the sum: each step adds to the mean and divides again."""

import jax


def running_mean(x):
    def body(carry, value):
        mean, count = carry
        count = count + 1
        mean = (mean + value) / count
        return (mean, count), mean

    return jax.lax.scan(body, (0.0, 0), x)[1]
