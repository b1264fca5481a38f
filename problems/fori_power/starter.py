"""A power by a loop of traced length."""


def fori_power(x, n):
    """Compute x**n with lax.fori_loop, where n is an argument."""
    raise NotImplementedError("TODO: a power by a loop of traced length")
