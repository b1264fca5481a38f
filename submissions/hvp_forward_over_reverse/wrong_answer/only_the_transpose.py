"""The transpose of A times v is returned: one of the two terms is missing."""


def hvp(x, A, v):
    return A.T @ v
