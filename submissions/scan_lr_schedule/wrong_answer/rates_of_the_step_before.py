"""Each step uses the rate of the step before; the first rate is used twice.

Scan lrs as it is, beside the batches: row i of each belongs to step i.
"""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        lr, x, y = row
        return w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    before = jnp.concatenate([lrs[:1], lrs[:-1]])
    return jax.lax.scan(step, w, (before, x_batches, y_batches))[0]
