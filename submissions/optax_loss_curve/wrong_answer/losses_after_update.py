"""The losses are those after each step instead of before it."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)

    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(carry, batch):
        w, state = carry
        updates, state = tx.update(jax.grad(loss)(w, *batch), state)
        w = optax.apply_updates(w, updates)
        return (w, state), loss(w, *batch)

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
