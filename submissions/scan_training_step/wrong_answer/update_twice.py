"""Each microbatch is used for two updates in a row instead of one."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    grad = jax.grad(lambda w, x, y: jnp.sum((w * x - y) ** 2))

    def step(w, batch):
        x, y = batch
        w = w - lr * grad(w, x, y)
        return w - lr * grad(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
