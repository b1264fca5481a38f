"""All normals are drawn from the key at once and added up."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    return jnp.cumsum(step_std * jax.random.normal(key, (n_steps,)))
