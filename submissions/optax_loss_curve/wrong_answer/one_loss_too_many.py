"""N + 1 losses are returned: the last weight's loss on the last microbatch is appended."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.sgd(lr)

    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(carry, batch):
        w, state = carry
        value, grads = jax.value_and_grad(loss)(w, *batch)
        updates, state = tx.update(grads, state)
        return (optax.apply_updates(w, updates), state), value

    (w, _), losses = jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))
    return jnp.append(losses, loss(w, x_batches[-1], y_batches[-1]))
