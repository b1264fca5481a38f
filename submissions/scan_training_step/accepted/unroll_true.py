"""The scan asks XLA for full unrolling with unroll=True."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def one_step(w, batch):
        x, y = batch
        gradient = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return w - lr * gradient, None

    w, _ = jax.lax.scan(one_step, w, (x_batches, y_batches), unroll=True)
    return w
