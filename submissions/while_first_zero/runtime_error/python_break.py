"""A Python loop with `if` and `break`."""


def first_zero(x, max_iters):
    for i in range(len(x)):
        if x[i] == 0 or i >= max_iters:
            break
    return i
