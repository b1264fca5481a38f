import jax


def quadratic(x, A):
    """The quadratic form of A at x."""
    return x @ A @ x


def hvp(x, A, v):
    """The Hessian of the form at x times v: forward mode over reverse mode."""
    slope = jax.grad(lambda x: quadratic(x, A))
    return jax.jvp(slope, (x,), (v,))[1]
