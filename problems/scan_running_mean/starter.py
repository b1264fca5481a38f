"""Running means of a vector with one `jax.lax.scan`."""

import jax


def running_mean(x: jax.Array) -> jax.Array:
    """Give the mean of the elements so far, after each element of a vector.

    Args:
        x: the elements, float32, shape (N,).

    Returns:
        The N means, float32, shape (N,); entry i is the mean of `x[0]` to `x[i]`, both included.
    """
    raise NotImplementedError("TODO: write the running means as one jax.lax.scan")
