"""Follow N values with an exponential moving average, in one `jax.lax.scan`."""

import jax


def moving_average(average: jax.Array, rate: jax.Array, values: jax.Array) -> jax.Array:
    """Move the average towards each value in turn, by the fraction `rate` of their distance.

    Args:
        average: where the average starts, float32, shape ().
        rate: the fraction, float32, shape ().
        values: what is followed, float32, shape (N,).

    Returns:
        The average after the last value, float32, shape ().
    """
    raise NotImplementedError("TODO: write the loop as one jax.lax.scan")
