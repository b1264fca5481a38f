"""lax.fori_loop whose bound is computed from the data, so it becomes a while loop."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    valid_rows = jnp.sum(jnp.isfinite(x_batches[:, 0]))

    def body(i, w):
        x, y = x_batches[i], y_batches[i]
        return w - lr * 2.0 * jnp.sum(x * (w * x - y))

    return jax.lax.fori_loop(0, valid_rows, body, w)
