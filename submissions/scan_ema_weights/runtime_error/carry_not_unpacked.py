"""The carried pair is used as if it were the weight."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry, batch):
        x, y = batch
        w = carry - lr * 2 * jnp.sum(x * (carry * x - y))
        return (w, decay * carry + (1 - decay) * w), None

    return jax.lax.scan(step, (w, w), (x_batches, y_batches))[0]
