"""The scan puts out the weights; a Python loop averages them."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w, w

    ema = w
    w, ws = jax.lax.scan(step, w, (x_batches, y_batches))
    for one in ws:
        ema = decay * ema + (1 - decay) * one
    return w, ema
