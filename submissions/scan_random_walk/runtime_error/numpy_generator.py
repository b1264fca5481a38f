"""NumPy's generator is seeded with the key."""

import jax
import jax.numpy as jnp
import numpy as np


def random_walk(key, n_steps, step_std):
    generator = np.random.default_rng(key)
    moves = step_std * generator.normal(size=n_steps)

    def step(position, move):
        return position + move, position + move

    return jax.lax.scan(step, 0.0, jnp.asarray(moves))[1]
