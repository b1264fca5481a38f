"""A random walk with its key in the carry."""


def random_walk(key, n_steps, step_std):
    """The positions of a Gaussian random walk."""
    raise NotImplementedError("TODO: a random walk with its key in the carry")
