"""NumPy computes the gradients in a callback."""

import jax
import numpy as np


def per_example_grads(w, x, y):
    def host(w, x, y):
        return (2 * (x @ w - y)[:, None] * x).astype(np.float32)

    return jax.pure_callback(host, jax.ShapeDtypeStruct(x.shape, x.dtype), w, x, y)
