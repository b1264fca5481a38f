"""The suffix sums are assigned into the traced vector in place."""


def reverse_cumsum(x):
    for i in range(len(x) - 1, -1, -1):
        x[i] = x[i] + (x[i + 1] if i + 1 < len(x) else 0.0)
    return x
