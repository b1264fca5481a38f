"""The gradients are averaged and used for the steps, which is momentum, not averaged weights."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, m = carry
        x, y = batch
        m = decay * m + (1 - decay) * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w - lr * m, m), None

    return jax.lax.scan(step, (w, 0.0), (x_batches, y_batches))[0]
