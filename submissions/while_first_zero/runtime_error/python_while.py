"""A Python while loop compares traced values."""


def first_zero(x, max_iters):
    i = 0
    while i < max_iters and x[i] != 0:
        i += 1
    return i
