"""The product by hand: A v plus the transpose of A times v."""


def hvp(x, A, v):
    return A @ v + A.T @ v
