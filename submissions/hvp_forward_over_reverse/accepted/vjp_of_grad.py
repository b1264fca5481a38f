"""The pullback of the gradient, applied to v: the Hessian is symmetric."""

import jax


def hvp(x, A, v):
    _, back = jax.vjp(jax.grad(lambda z: z @ A @ z), x)
    (product,) = back(v)
    return product
