"""The gradient by hand: twice the error times the features, row by row."""


def per_example_grads(w, x, y):
    return 2 * (x @ w - y)[:, None] * x
