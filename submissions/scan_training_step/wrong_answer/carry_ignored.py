"""The body ignores its carry, so only the last microbatch counts: one step from the initial w."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(_, batch):
        x, y = batch
        grad = 2.0 * jnp.sum(x * (w * x - y))
        new_w = w - lr * grad
        return new_w, None

    new_w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return new_w
