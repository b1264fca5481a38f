"""The products with v are taken by broadcasting, and summed along the rows and columns."""


def hvp(x, A, v):
    return (A * v).sum(axis=1) + (A * v[:, None]).sum(axis=0)
