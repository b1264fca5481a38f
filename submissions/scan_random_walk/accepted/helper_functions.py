"""Typed helper functions at the top of the module."""

import jax
import jax.numpy as jnp

Carry = tuple[jax.Array, jax.Array]


def draw(key: jax.Array, std: jax.Array) -> tuple[jax.Array, jax.Array]:
    key, subkey = jax.random.split(key)
    return key, std * jax.random.normal(subkey)


def random_walk(key: jax.Array, n_steps: int, step_std: jax.Array) -> jax.Array:
    def step(carry: Carry, _: None) -> tuple[Carry, jax.Array]:
        key, position = carry
        key, move = draw(key, step_std)
        return (key, position + move), position + move

    _, path = jax.lax.scan(step, (key, jnp.zeros(())), xs=None, length=n_steps)
    return path
