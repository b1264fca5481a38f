"""NumPy-style: the lower and the upper bound are applied one after the other."""

import jax
import jax.numpy as np


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    data = np.stack([x_batches, y_batches], axis=1)

    def step(w, row):
        x, y = row
        g = 2 * (w * (x * x).sum() - (x * y).sum())
        g = np.minimum(np.maximum(g, -max_norm), max_norm)
        return w - lr * g, w

    w, history = jax.lax.scan(step, w, data)
    return w
