"""The keys are no chain: all come from the argument key at once, by split(key, n_steps) or fold_in."""

import jax


def random_walk(key, n_steps, step_std):
    def step(position, subkey):
        position = position + step_std * jax.random.normal(subkey)
        return position, position

    return jax.lax.scan(step, 0.0, jax.random.split(key, n_steps))[1]
