"""The rates are kept in a Python dict, which the traced step count cannot look up."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    schedule = {i: lrs[i] for i in range(len(lrs))}

    def step(carry, batch):
        w, i = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - schedule[i] * g, i + 1), None

    return jax.lax.scan(step, (w, 0), (x_batches, y_batches))[0][0]
