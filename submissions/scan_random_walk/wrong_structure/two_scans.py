"""Two scans: one carries the key and puts out the moves, another adds them up."""

import jax


def random_walk(key, n_steps, step_std):
    def draw(key, _):
        key, subkey = jax.random.split(key)
        return key, step_std * jax.random.normal(subkey)

    def add(position, move):
        return position + move, position + move

    moves = jax.lax.scan(draw, key, None, length=n_steps)[1]
    return jax.lax.scan(add, 0.0, moves)[1]
