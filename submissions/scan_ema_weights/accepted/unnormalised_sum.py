"""The carried sum of discounted weights is 1 / (1 - decay) times the average."""

import jax.numpy as jnp
from jax import lax


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, total = carry
        x, y = batch
        w = w - lr * jnp.sum(2.0 * x * (w * x - y))
        return (w, decay * total + w), None

    share = 1.0 - decay
    (w, total), _ = lax.scan(step, (w, w / share), (x_batches, y_batches))
    return w, share * total
