"""A while_loop with a counter indexes rates and rows."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(state):
        i, w = state
        x, y = x_batches[i], y_batches[i]
        return i + 1, w - lrs[i] * 2.0 * jnp.dot(x, w * x - y)

    return jax.lax.while_loop(lambda s: s[0] < lrs.shape[0], step, (0, w))[1]
