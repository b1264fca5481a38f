"""scan_training_step is a number: the name was reused for a test result."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w


scan_training_step = scan_training_step(1.0, 0.01, jnp.ones((3, 2)), jnp.zeros((3, 2)))
