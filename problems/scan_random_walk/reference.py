import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    """The positions after each of the steps, from 0."""

    def move(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(move, (key, jnp.zeros(())), None, length=n_steps)[1]
