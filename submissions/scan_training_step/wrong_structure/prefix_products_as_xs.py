"""The weights are computed by associative_scan; a scan then takes the last of them."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    m = 1.0 - 2.0 * lr * jnp.sum(x_batches**2, axis=1)
    c = 2.0 * lr * jnp.sum(x_batches * y_batches, axis=1)
    M, C = jax.lax.associative_scan(
        lambda a, b: (b[0] * a[0], b[0] * a[1] + b[1]), (m, c)
    )
    weights = M * w + C

    def take(previous, current):
        return current, None

    w, _ = jax.lax.scan(take, w, weights)
    return w
