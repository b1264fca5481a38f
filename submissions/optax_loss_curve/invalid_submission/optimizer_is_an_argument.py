"""The function takes an optimizer instead of a learning rate, and starts with it."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(optimizer, w0, x_batches, y_batches, lr):
    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, state = optimizer.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, optimizer.init(w0)), (x_batches, y_batches))[1]
