"""The starter's NotImplementedError is still there."""


def random_walk(key, n_steps, step_std):
    raise NotImplementedError("TODO: write the walk as one jax.lax.scan")
