"""A column times a column: the shapes do not fit."""


def hvp(x, A, v):
    return A @ v[:, None] @ v[:, None]
