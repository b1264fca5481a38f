"""The new average is a weighted sum of the old one and the value."""

from jax import lax


def moving_average(average, rate, values):
    def follow(average, value):
        return (1 - rate) * average + rate * value, None

    return lax.scan(follow, average, values)[0]
