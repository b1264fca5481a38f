"""The carry is the pair of weight and average."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(carry, batch):
        w, ema = carry
        x, y = batch
        w = w - lr * jax.grad(loss)(w, x, y)
        ema = decay * ema + (1 - decay) * w
        return (w, ema), None

    (w, ema), _ = jax.lax.scan(step, (w, w), (x_batches, y_batches))
    return w, ema
