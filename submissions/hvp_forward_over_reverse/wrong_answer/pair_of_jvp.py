"""Both results of jvp are returned, the gradient and its derivative."""

import jax


def hvp(x, A, v):
    return jax.jvp(jax.grad(lambda z: z @ A @ z), (x,), (v,))
