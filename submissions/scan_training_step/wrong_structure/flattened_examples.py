"""A scan over all N*B examples, with an update whenever a microbatch is full."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    n, b = x_batches.shape

    def add_example(carry, example):
        w, g, seen = carry
        x, y = example
        g = g + 2.0 * x * (w * x - y)
        seen = seen + 1
        full = seen == b
        w = jnp.where(full, w - lr * g, w)
        g = jnp.where(full, 0.0, g)
        return (w, g, jnp.where(full, 0, seen)), None

    start = (w, jnp.float32(0), 0)
    (w, _, _), _ = jax.lax.scan(add_example, start, (x_batches.reshape(-1), y_batches.reshape(-1)))
    return w
