"""The learning rate is a constant schedule, so that the state counts the steps."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(learning_rate=optax.constant_schedule(lr))

    @jax.checkpoint
    def step(carry, batch):
        w, opt_state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, opt_state = tx.update(grads, opt_state)
        return (w + updates, opt_state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches), unroll=2)[1]
