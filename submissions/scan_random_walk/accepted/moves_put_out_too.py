"""Moves and positions are both put out; the moves are thrown away."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        move = step_std * jax.random.normal(subkey)
        return (key, position + move), (move, position + move)

    _, (moves, positions) = jax.lax.scan(step, (key, jnp.zeros(())), jnp.empty((n_steps, 0)))
    return positions
