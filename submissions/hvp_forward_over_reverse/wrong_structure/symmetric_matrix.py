"""A plus its transpose is the Hessian, written down as a matrix."""


def hvp(x, A, v):
    return (A + A.T) @ v
