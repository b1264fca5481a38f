"""A correct scan whose result is dropped, beside the gradient of the whole batch."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def step(total, batch):
        x, y = batch
        return total + 2.0 * jnp.sum(x * (w * x - y)), None

    rows = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    jax.lax.scan(step, jnp.zeros_like(w), rows)
    return 2.0 * jnp.dot(x_full, w * x_full - y_full)
