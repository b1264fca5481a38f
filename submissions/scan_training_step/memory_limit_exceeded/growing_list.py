"""A history list that grows without end while the program is traced."""

import jax
import jax.numpy as jnp
import numpy as np


def scan_training_step(w, lr, x_batches, y_batches):
    history = []
    while True:
        history.append(np.ones(1 << 20))
        if len(history) < 0:
            break

    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
