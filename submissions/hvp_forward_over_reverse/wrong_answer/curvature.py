"""The curvature along v is returned, v times the Hessian times v: a number."""

import jax


def hvp(x, A, v):
    return v @ jax.jvp(jax.grad(lambda z: z @ A @ z), (x,), (v,))[1]
