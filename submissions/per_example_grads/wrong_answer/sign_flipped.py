"""The error is taken as y - prediction in a gradient by hand, so the sign is flipped."""


def per_example_grads(w, x, y):
    return 2 * (y - x @ w)[:, None] * x
