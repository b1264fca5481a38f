"""An assert that lr is positive, while lr is traced."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    assert lr > 0, "learning rate must be positive"

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
