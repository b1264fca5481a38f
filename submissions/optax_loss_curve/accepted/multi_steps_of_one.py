"""optax.MultiSteps accumulates gradients over a single microbatch before each step."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.MultiSteps(optax.sgd(lr), every_k_schedule=1)

    def step(carry, batch):
        w, state = carry
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * batch[0] - batch[1]) ** 2))(w)
        updates, state = tx.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
