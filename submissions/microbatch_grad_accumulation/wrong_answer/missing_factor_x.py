"""The factor x of the chain rule is missing: the errors are summed, not the errors times x."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def body(total, batch):
        x, y = batch
        return total + 2.0 * jnp.sum(w * x - y), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return jax.lax.scan(body, jnp.zeros_like(w), rows)[0]
