"""A Hessian-vector product without the Hessian."""


def hvp(x, A, v):
    """Multiply the Hessian of a quadratic form by a vector without building the Hessian."""
    raise NotImplementedError("TODO: a hessian-vector product without the hessian")
