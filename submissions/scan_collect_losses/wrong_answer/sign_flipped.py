"""The sign of the update is flipped, so the weight climbs the loss instead of descending."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w + lr * g, loss

    w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([w[None], losses])
