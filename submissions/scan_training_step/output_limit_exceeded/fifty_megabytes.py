"""Prints fifty megabytes of numbers while the file is loaded, then is right."""

import jax
import jax.numpy as jnp

for _ in range(50):
    print("0.125 " * 170_000)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
