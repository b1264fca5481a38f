"""Suffix sums by a scan that runs backwards."""


def reverse_cumsum(x):
    """Return the sums of all suffixes of a vector by one lax.scan with reverse=True."""
    raise NotImplementedError("TODO: suffix sums by a scan that runs backwards")
