"""A Gaussian random walk with one `jax.lax.scan`, the random key in its carry."""

import jax


def random_walk(key: jax.Array, n_steps: int, step_std: jax.Array) -> jax.Array:
    """Walk from 0, each step a normal number times `step_std`.

    Each step does `key, subkey = jax.random.split(key)`, carries `key` on, and draws with
    `jax.random.normal(subkey)`.

    Args:
        key: the random key, as from `jax.random.key`, shape ().
        n_steps: the number N of steps, a Python integer.
        step_std: the standard deviation of a move, float32, shape ().

    Returns:
        The positions after each step, float32, shape (N,); the starting point is not among them.
    """
    raise NotImplementedError("TODO: write the walk as one jax.lax.scan")
