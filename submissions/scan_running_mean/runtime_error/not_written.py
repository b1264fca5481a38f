"""The starter's NotImplementedError is still there."""


def running_mean(x):
    raise NotImplementedError("TODO: write the running means as one jax.lax.scan")
