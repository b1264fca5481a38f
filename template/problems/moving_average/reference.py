"""A moving average as one `lax.scan`: the average is carried, the values are scanned."""

import jax


# What this function returns is right. Write it in the plainest way that is built as you ask.
def moving_average(average: jax.Array, rate: jax.Array, values: jax.Array) -> jax.Array:
    """The average after it has followed all of the (N,) values."""

    def follow(average: jax.Array, value: jax.Array) -> tuple[jax.Array, None]:
        return average + rate * (value - average), None

    last, _ = jax.lax.scan(follow, average, values)
    return last
