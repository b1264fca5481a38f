"""The starter's NotImplementedError is still there."""


def reverse_cumsum(x):
    raise NotImplementedError("TODO: write the suffix sums as one jax.lax.scan")
