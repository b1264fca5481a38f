"""Every step uses all N*B examples instead of its own microbatch."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda w: jnp.sum((w * x_batches - y_batches) ** 2))(w)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
