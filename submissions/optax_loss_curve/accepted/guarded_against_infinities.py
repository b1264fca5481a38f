"""The optimizer is wrapped to skip gradients that are not finite; here all of them are."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.apply_if_finite(optax.sgd(lr), max_consecutive_errors=3)

    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: 2 * jnp.sum(optax.l2_loss(w * x, y)))(w)
        updates, state = tx.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
