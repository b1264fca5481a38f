"""A scan over jnp.arange(N) that looks the rows up in the whole arrays."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)

    def step(carry, i):
        w, state = carry
        x, y = x_batches[i], y_batches[i]
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        updates, state = tx.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), jnp.arange(len(x_batches)))[1]
