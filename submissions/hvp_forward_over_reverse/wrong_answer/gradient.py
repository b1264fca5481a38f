"""The result is the Hessian times x instead of times v: the gradient at x, or a product in which x and v are swapped."""

import jax


def hvp(x, A, v):
    gradient, _ = jax.jvp(jax.grad(lambda z: z @ A @ z), (x,), (v,))
    return gradient
