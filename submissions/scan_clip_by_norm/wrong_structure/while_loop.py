"""lax.while_loop with a counter in its state."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    n = x_batches.shape[0]

    def step(state):
        i, w = state
        x, y = x_batches[i], y_batches[i]
        g = 2.0 * jnp.sum(x * (w * x - y))
        return i + 1, w - lr * jnp.clip(g, -max_norm, max_norm)

    return jax.lax.while_loop(lambda state: state[0] < n, step, (0, w))[1]
