"""The form is A x * x, which is a vector without the sum."""

import jax


def hvp(x, A, v):
    return jax.jvp(jax.grad(lambda z: (A @ z) * z), (x,), (v,))[1]
