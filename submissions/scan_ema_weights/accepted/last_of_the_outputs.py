"""Every step puts out weight and average, and the last of each is returned."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        w, ema = carry
        x, y = batch
        w -= lr * 2 * jnp.sum((w * x - y) * x)
        ema = ema * decay + w * (1 - decay)
        return (w, ema), (w, ema)

    _, (ws, emas) = jax.lax.scan(step, (w, w), (x_batches, y_batches))
    return ws[-1], emas[-1]
