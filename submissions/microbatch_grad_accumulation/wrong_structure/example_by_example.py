"""The scan goes over single examples and never looks at n_micro."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def step(total, example):
        x, y = example
        return total + jax.grad(lambda v: (v * x - y) ** 2)(w), None

    return jax.lax.scan(step, jnp.zeros_like(w), (x_full, y_full))[0]
