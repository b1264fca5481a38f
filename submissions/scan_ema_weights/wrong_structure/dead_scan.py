"""A scan whose result is dropped, beside a Python loop that does the work."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, ema = carry
        x, y = batch
        w = w - lr * 2 * jnp.sum(x * (w * x - y))
        return (w, decay * ema + (1 - decay) * w), None

    jax.lax.scan(step, (w, w), (x_batches, y_batches))
    state = (w, w)
    for i in range(len(x_batches)):
        state, _ = step(state, (x_batches[i], y_batches[i]))
    return state
