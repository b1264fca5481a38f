"""Multiply a Hessian by a vector without building it."""

import jax


def hvp(x: jax.Array, A: jax.Array, v: jax.Array) -> jax.Array:
    """Multiply the Hessian of `x @ A @ x` with respect to x by v.

    Args:
        x: where the Hessian is taken, float32, shape (D,).
        A: the matrix of the form, float32, shape (D, D); it need not be symmetric.
        v: the vector, float32, shape (D,).

    Returns:
        The Hessian times v, float32, shape (D,).
    """
    raise NotImplementedError("TODO: differentiate the gradient of the form along v")
