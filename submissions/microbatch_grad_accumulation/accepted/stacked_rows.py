"""x and y are stacked to (n_micro, 2, B) and unpacked by row."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    rows = jnp.stack([x_full, y_full]).reshape(2, n_micro, -1).swapaxes(0, 1)

    def step(total, row):
        x, y = row
        (g,) = jax.vjp(lambda v: jnp.sum((v * x - y) ** 2), w)[1](jnp.float32(1.0))
        return total + g, None

    return jax.lax.scan(step, jnp.float32(0.0), rows)[0]
