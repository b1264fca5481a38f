"""One optional argument more than asked for, with a default."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches, unroll=1):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (x_batches, y_batches), unroll=unroll)[0]
