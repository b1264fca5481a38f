"""jax.remat around the loss, differentiated inside the scan."""

import jax
import jax.numpy as jnp


@jax.remat
def loss(w, x, y):
    prediction = w * x
    return jnp.sum((prediction - y) ** 2)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    w_final, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w_final
