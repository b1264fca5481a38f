"""value_and_grad inside, so that the tangent of the value comes along and is dropped."""

import jax


def hvp(x, A, v):
    both = jax.value_and_grad(lambda z: z @ A @ z)
    _, (_, product) = jax.jvp(both, (x,), (v,))
    return product
