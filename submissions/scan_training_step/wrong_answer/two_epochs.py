"""The data is gone through twice: two epochs of N steps instead of one."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    def epoch(w, _):
        w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
        return w, None

    w, _ = jax.lax.scan(epoch, w, None, length=2)
    return w
