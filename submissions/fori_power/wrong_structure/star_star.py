"""The operator ** does the work: a pow in the program, and no loop."""


def fori_power(x, n):
    return x**n
