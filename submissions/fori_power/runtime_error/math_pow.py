"""math.pow needs Python numbers."""

import math


def fori_power(x, n):
    return math.pow(x, n)
