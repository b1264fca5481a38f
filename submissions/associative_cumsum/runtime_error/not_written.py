"""The starter's NotImplementedError is still there."""


def parallel_cumsum(x):
    raise NotImplementedError("TODO: write the running sums with jax.lax.associative_scan")
