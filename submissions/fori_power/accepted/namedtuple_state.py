"""The state of the loop is a named tuple that holds x as well."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    base: jax.Array
    power: jax.Array


def fori_power(x, n):
    def body(i, state):
        return state._replace(power=state.power * state.base)

    return jax.lax.fori_loop(0, n, body, State(x, jnp.ones_like(x))).power
