"""jax.value_and_grad, with the losses emitted and then dropped."""

import jax
import jax.numpy as jnp
from jax import lax


def squared_error(w, x, y):
    residual = w * x - y
    return jnp.sum(jnp.square(residual))


def scan_training_step(w, lr, x_batches, y_batches):
    loss_and_grad = jax.value_and_grad(squared_error)

    def train_on_batch(weight, batch):
        xb, yb = batch
        loss, g = loss_and_grad(weight, xb, yb)
        return weight - lr * g, loss

    final_w, _losses = lax.scan(train_on_batch, w, (x_batches, y_batches))
    return final_w
