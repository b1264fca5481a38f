"""The starter's NotImplementedError is still there."""


def cumulative_sum(x):
    raise NotImplementedError("TODO: write the running sums as one jax.lax.scan")
