"""Suffix sums of a vector with one `jax.lax.scan` that runs backwards."""

import jax


def reverse_cumsum(x: jax.Array) -> jax.Array:
    """Give, for each element of a vector, its sum with all elements after it.

    Args:
        x: the elements, float32, shape (N,).

    Returns:
        The N sums, float32, shape (N,); entry i is the sum of `x[i]` to `x[N - 1]`, both included.
    """
    raise NotImplementedError("TODO: write the suffix sums as one jax.lax.scan with reverse=True")
