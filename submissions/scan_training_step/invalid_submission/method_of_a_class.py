"""The function is a method of a class, not a function of the module."""

import jax
import jax.numpy as jnp


class Solution:
    def scan_training_step(self, w, lr, x_batches, y_batches):
        def step(w, batch):
            x, y = batch
            return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

        w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
        return w
