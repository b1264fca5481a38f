"""The losses put out are means over the microbatch instead of sums; the updates are right."""

import jax
import jax.numpy as jnp
import optax


def loss_curve(w0, x_batches, y_batches, lr):
    optimizer = optax.sgd(lr)

    def step(carry, batch):
        w, state = carry
        x, y = batch
        loss, grad = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        updates, state = optimizer.update(grad, state, w)
        return (optax.apply_updates(w, updates), state), loss / x.size

    return jax.lax.scan(step, (w0, optimizer.init(w0)), (x_batches, y_batches))[1]
