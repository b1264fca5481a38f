"""Every gradient is taken at the initial weight, so the N steps add up to one full-batch step."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(carry, batch):
        x, y = batch
        # w here is the outer w, not the carry
        return carry - lr * jax.grad(loss)(w, x, y), None

    final, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return final
