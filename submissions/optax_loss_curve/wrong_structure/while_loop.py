"""lax.while_loop fills an array of losses."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)
    n = x_batches.shape[0]

    def step(carry):
        i, w, state, losses = carry
        x, y = x_batches[i], y_batches[i]
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, state = tx.update(grads, state, w)
        return i + 1, optax.apply_updates(w, updates), state, losses.at[i].set(loss)

    start = (0, w0, tx.init(w0), jnp.zeros(n))
    return jax.lax.while_loop(lambda c: c[0] < n, step, start)[3]
