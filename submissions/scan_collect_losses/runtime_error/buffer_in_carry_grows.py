"""The carried array of losses grows by one entry a step, so the carry changes its shape."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, losses = carry
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w - lr * g, jnp.append(losses, loss)), None

    start = (w, jnp.zeros(0))
    (w, losses), _ = jax.lax.scan(step, start, (x_batches, y_batches))
    return jnp.concatenate([w[None], losses])
