"""The losses are appended to a list inside the body, and the tracers leak out of it."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    losses = []

    def step(w, batch):
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        losses.append(loss)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.stack([w, *losses])
