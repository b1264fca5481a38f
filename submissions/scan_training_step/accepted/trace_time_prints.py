"""Ordinary print calls that only run while tracing."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    print("tracing scan_training_step with", x_batches.shape, y_batches.dtype)

    def body(w, batch):
        x, y = batch
        print("body sees", x, y)
        g = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return w - lr * g, None

    w, _ = jax.lax.scan(body, w, (x_batches, y_batches))
    return w
