"""The loss goes into the carry as well, and weights are put out beside the losses."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    init, update = optax.sgd(lr)

    def step(carry, xy):
        w, state, _ = carry
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * xy[0] - xy[1]) ** 2))(w)
        updates, state = update(grads, state, w)
        w = jax.tree.map(jnp.add, w, updates)
        return (w, state, loss), (loss, w)

    start = (w0, init(w0), jnp.float32(0))
    _, (losses, weights) = jax.lax.scan(step, start, jnp.stack([x_batches, y_batches], axis=1))
    return losses
