"""A scan for whoever calls it by hand, a Python loop as soon as it is traced."""

import jax
import jax.numpy as jnp


def step(w, lr, x, y):
    return w - lr * 2.0 * jnp.sum(x * (w * x - y))


def scan_training_step(w, lr, x_batches, y_batches):
    if isinstance(w, jax.core.Tracer):
        for x, y in zip(x_batches, y_batches):
            w = step(w, lr, x, y)
        return w
    w, _ = jax.lax.scan(lambda w, b: (step(w, lr, *b), None), w, (x_batches, y_batches))
    return w
