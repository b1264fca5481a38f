"""The optimizer is used as in PyTorch, with optimizer.step()."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    optimizer = optax.sgd(lr)

    def step(w, batch):
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return optimizer.step(w, grads), loss

    return jax.lax.scan(step, w0, (x_batches, y_batches))[1]
