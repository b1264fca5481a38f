"""The transposed term is subtracted instead of added."""


def hvp(x, A, v):
    return A @ v - A.T @ v
