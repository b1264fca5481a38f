"""The sum of the inputs is multiplied by the sum of the errors, not each input by its own error.

Multiply first and sum the products: sum(x * (w*x - y)).
"""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def step(total, batch):
        x, y = batch
        return total + 2 * jnp.sum(x) * jnp.sum(w * x - y), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(step, jnp.zeros_like(w), rows)[0]
