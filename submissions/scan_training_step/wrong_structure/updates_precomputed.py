"""A Python loop computes every update; a scan only adds them up."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    updates, v = [], w
    for x, y in zip(x_batches, y_batches):
        delta = -lr * 2.0 * jnp.sum(x * (v * x - y))
        updates.append(delta)
        v = v + delta

    w, _ = jax.lax.scan(lambda w, delta: (w + delta, None), w, jnp.stack(updates))
    return w
