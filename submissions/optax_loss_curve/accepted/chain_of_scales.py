"""SGD is put together from optax's parts, and the gradient is written by hand."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.chain(optax.identity(), optax.scale(lr), optax.scale(-1.0))

    def step(carry, batch):
        w, state = carry
        x, y = batch
        error = w * x - y
        updates, state = tx.update(2.0 * jnp.dot(x, error), state, w)
        return [optax.apply_updates(w, updates), state], jnp.dot(error, error)

    return jax.lax.scan(step, [w0, tx.init(w0)], (x_batches, y_batches))[1]
