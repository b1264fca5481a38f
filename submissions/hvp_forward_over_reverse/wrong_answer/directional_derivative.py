"""The derivative of the form itself along v is returned: a number, and no second derivative."""

import jax


def hvp(x, A, v):
    return jax.jvp(lambda z: z @ A @ z, (x,), (v,))[1]
