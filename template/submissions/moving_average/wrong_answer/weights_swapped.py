"""The rate weighs the old average, and the rest the value."""

from jax import lax


def moving_average(average, rate, values):
    def follow(average, value):
        return rate * average + (1 - rate) * value, None

    return lax.scan(follow, average, values)[0]
