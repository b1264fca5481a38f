"""The carry is a registered dataclass."""

import dataclasses

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclasses.dataclass(frozen=True)
class State:
    total: jax.Array
    count: jax.Array


def running_mean(x: jax.Array) -> jax.Array:
    def body(state: State, value: jax.Array) -> tuple[State, jax.Array]:
        state = State(total=state.total + value, count=state.count + 1)
        return state, state.total / state.count

    start = State(total=jnp.zeros((), x.dtype), count=jnp.zeros((), x.dtype))
    _, means = jax.lax.scan(body, start, x)
    return means
