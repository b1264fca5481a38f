"""scan is imported under a one-letter name."""

import jax.numpy as np
from jax import grad as d
from jax.lax import scan as s


def L(w, x, y):
    return np.sum((w * x - y) ** 2)


def scan_training_step(w, lr, x_batches, y_batches):
    def f(c, b):
        return c - lr * d(L)(c, b[0], b[1]), None

    return s(f, w, (x_batches, y_batches))[0]
