"""The weight is carried with shape (1,), and the loss is checkpointed."""

import jax
import jax.numpy as jnp


@jax.checkpoint
def loss_fn(w, x, y):
    return jnp.sum((w[0] * x - y) ** 2)


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        loss, g = jax.value_and_grad(loss_fn)(w, *batch)
        return w - lr * g, loss[None]

    w, losses = jax.lax.scan(step, w[None], (x_batches, y_batches))
    return jnp.concatenate([w, losses[:, 0]])
