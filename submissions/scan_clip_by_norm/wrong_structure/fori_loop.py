"""lax.fori_loop, indexing the rows."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(i, w):
        x, y = x_batches[i], y_batches[i]
        g = 2.0 * jnp.sum(x * (w * x - y))
        return w - lr * jnp.clip(g, -max_norm, max_norm)

    return jax.lax.fori_loop(0, x_batches.shape[0], step, w)
