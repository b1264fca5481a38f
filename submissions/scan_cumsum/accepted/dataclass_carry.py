"""The carry is a registered dataclass, and the scanned input a dict."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass
class Running:
    total: jax.Array


def cumulative_sum(x: jax.Array) -> jax.Array:
    def body(carry: Running, row: dict) -> tuple[Running, jax.Array]:
        carry = Running(carry.total + row["value"])
        return carry, carry.total

    return jax.lax.scan(body, Running(jnp.zeros((), x.dtype)), {"value": x})[1]
