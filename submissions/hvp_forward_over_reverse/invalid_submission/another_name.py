"""The function is called hessian_vector_product."""

import jax


def hessian_vector_product(x, A, v):
    return jax.jvp(jax.grad(lambda z: z @ A @ z), (x,), (v,))[1]
