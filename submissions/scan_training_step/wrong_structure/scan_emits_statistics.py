"""The scan only emits row statistics; the weight comes from a cumprod formula after it."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def row_statistics(count, batch):
        x, y = batch
        return count + 1.0, (1.0 - 2.0 * lr * jnp.dot(x, x), 2.0 * lr * jnp.dot(x, y))

    _, (m, c) = jax.lax.scan(row_statistics, 0.0, (x_batches, y_batches))
    after = jnp.cumprod(m[::-1])[::-1]
    later = jnp.append(after[1:], 1.0)
    return after[0] * w + jnp.vdot(later, c)
