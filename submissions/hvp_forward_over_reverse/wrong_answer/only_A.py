"""A v is returned: the form depends on x twice, and only one of the two terms is there."""


def hvp(x, A, v):
    return A @ v
