"""All weights are collected in a carried array, and averaged after the scan."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    n = x_batches.shape[0]

    def step(carry, batch):
        w, history, i = carry
        x, y = batch
        w = w - lr * 2 * jnp.sum(x * (w * x - y))
        return (w, history.at[i].set(w), i + 1), None

    start = (w, jnp.zeros(n), 0)
    (last, history, _), _ = jax.lax.scan(step, start, (x_batches, y_batches))
    factors = (1 - decay) * decay ** jnp.arange(n)[::-1]
    return last, decay**n * w + factors @ history
