"""A proper scan whose gradient is computed by NumPy on the host, through jax.pure_callback."""

import jax
import jax.numpy as jnp
import numpy as np


def numpy_gradient(w, x, y):
    w, x, y = np.asarray(w), np.asarray(x), np.asarray(y)
    return np.asarray(2 * np.sum(x * (w * x - y)), dtype=np.float32)


def scan_training_step(w, lr, x_batches, y_batches):
    scalar = jax.ShapeDtypeStruct((), jnp.float32)

    def step(w, batch):
        x, y = batch
        g = jax.pure_callback(numpy_gradient, scalar, w, x, y)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
