"""optax.sgd with its state in the carry."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    optimizer = optax.sgd(lr)

    def loss_fn(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(loss_fn)(w, x, y)
        updates, state = optimizer.update(grads, state)
        w = optax.apply_updates(w, updates)
        return (w, state), loss

    _, losses = jax.lax.scan(step, (w0, optimizer.init(w0)), (x_batches, y_batches))
    return losses
