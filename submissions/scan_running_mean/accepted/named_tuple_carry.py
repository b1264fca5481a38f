"""The carry is a named tuple."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Mean(NamedTuple):
    total: jax.Array
    count: jax.Array

    def updated(self, value):
        return Mean(self.total + value, self.count + 1)

    @property
    def value(self):
        return self.total / self.count


def running_mean(x):
    def body(mean, value):
        mean = mean.updated(value)
        return mean, mean.value

    return jax.lax.scan(body, Mean(jnp.zeros(()), jnp.zeros(())), x)[1]
