"""The derivative as a Jacobian-vector product in the direction 1."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch

        def loss(v):
            return jnp.sum((v * x - y) ** 2)

        _, slope = jax.jvp(loss, (w,), (jnp.ones_like(w),))
        return w - lr * slope, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
