"""A Hessian-vector product: the derivative of the gradient along the vector."""

import jax


def quadratic(x: jax.Array, A: jax.Array) -> jax.Array:
    """The quadratic form of A at x."""
    return x @ A @ x


def hvp(x: jax.Array, A: jax.Array, v: jax.Array) -> jax.Array:
    """The Hessian of the form at x times v: forward mode over reverse mode."""
    slope = jax.grad(lambda x: quadratic(x, A))
    _, product = jax.jvp(slope, (x,), (v,))
    return product
