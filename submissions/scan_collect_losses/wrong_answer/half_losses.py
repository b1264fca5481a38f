"""Half the losses are put out: the sum is divided by 2, though the updates are right."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        err = w * x - y
        return w - lr * 2.0 * jnp.sum(err * x), 0.5 * jnp.sum(err**2)

    w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([w[None], losses])
