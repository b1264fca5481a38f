"""Prefix sums in parallel."""


def parallel_cumsum(x):
    """Return the running sums of a vector by lax.associative_scan."""
    raise NotImplementedError("TODO: prefix sums in parallel")
