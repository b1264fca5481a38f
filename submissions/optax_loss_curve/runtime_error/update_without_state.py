"""The optimizer's update is called with the gradient alone."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)

    def step(w, batch):
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, _ = tx.update(grads)
        return optax.apply_updates(w, updates), loss

    return jax.lax.scan(step, w0, (x_batches, y_batches))[1]
