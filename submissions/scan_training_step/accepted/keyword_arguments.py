"""Every argument of lax.scan is named, the length among them."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    n_steps, _batch_size = x_batches.shape

    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    w, _ = jax.lax.scan(
        f=step,
        init=w,
        xs=(x_batches, y_batches),
        length=n_steps,
        reverse=False,
        unroll=1,
    )
    return w
