"""functools.reduce, a Python loop in disguise."""

from functools import reduce


def scan_apply_layers(weights, x):
    return reduce(lambda h, weight: weight @ h, weights, x)
