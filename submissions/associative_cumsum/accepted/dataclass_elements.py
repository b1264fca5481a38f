"""The elements are a registered dataclass."""

from dataclasses import dataclass

import jax


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Part:
    total: jax.Array

    def __add__(self, other: "Part") -> "Part":
        return Part(self.total + other.total)


def parallel_cumsum(x: jax.Array) -> jax.Array:
    return jax.lax.associative_scan(lambda a, b: a + b, Part(x)).total
