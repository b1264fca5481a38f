"""A Gaussian random walk as one `lax.scan` that carries the random key and the position."""

import jax
import jax.numpy as jnp

Carry = tuple[jax.Array, jax.Array]


def random_walk(key: jax.Array, n_steps: int, step_std: jax.Array) -> jax.Array:
    """The positions after each of `n_steps` steps from 0, shape (n_steps,).

    Each step splits the key in two, carries the first on and draws its move from the second.
    """

    def move(carry: Carry, _: None) -> tuple[Carry, jax.Array]:
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    _, positions = jax.lax.scan(move, (key, jnp.zeros(())), None, length=n_steps)
    return positions
