"""Weight and average are the two entries of one array."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(pair, batch):
        x, y = batch
        w = pair[0] - 2 * lr * jnp.dot(x, pair[0] * x - y)
        return jnp.stack([w, decay * pair[1] + (1 - decay) * w]), None

    pair, _ = jax.lax.scan(step, jnp.full((2,), w), (x_batches, y_batches), unroll=3)
    return pair[0], pair[1]
