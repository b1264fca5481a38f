"""The result of update is unpacked the wrong way round, as (state, updates)."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)

    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        state, updates = tx.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
