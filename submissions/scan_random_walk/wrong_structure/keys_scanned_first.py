"""A first scan makes all subkeys, vmap draws from them, and a second scan adds up."""

import jax


def random_walk(key, n_steps, step_std):
    _, subkeys = jax.lax.scan(lambda k, _: tuple(jax.random.split(k)), key, length=n_steps)
    moves = step_std * jax.vmap(jax.random.normal)(subkeys)
    return jax.lax.scan(lambda p, m: (p + m, p + m), 0.0, moves)[1]
