"""The gradient of half the loss with the loss as auxiliary value, and a step counter carried."""

import jax
import jax.numpy as jnp


def half_loss(w, x, y):
    loss = jnp.sum((w * x - y) ** 2)
    return loss / 2, loss


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, count = carry
        g, loss = jax.grad(half_loss, has_aux=True)(w, *batch)
        return (w - 2 * lr * g, count + 1), loss

    (w, _), losses = jax.lax.scan(step, (w, 0), (x_batches, y_batches))
    return jnp.insert(losses, 0, w)
