"""Find the first zero of a vector with one `jax.lax.while_loop`."""

import jax


def first_zero(x: jax.Array, max_iters: jax.Array) -> jax.Array:
    """Look for a zero from the front, and stop at the first.

    Args:
        x: the vector, int32, shape (N,).
        max_iters: how many elements may be looked at, int32, shape (); it may be more than N.

    Returns:
        The index of the first zero among the first max_iters elements, int32, shape (); if there is
        none, how many elements were looked at, which is the lesser of max_iters and N.
    """
    raise NotImplementedError("TODO: write the search as one jax.lax.while_loop")
