"""Plain SGD without optax: there is no state to carry."""

import jax
import jax.numpy as jnp


def loss_curve(w0, x_batches, y_batches, lr):
    def step(w, batch):
        x, y = batch
        loss, slope = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return w - lr * slope, loss

    return jax.lax.scan(step, w0, (x_batches, y_batches))[1]
