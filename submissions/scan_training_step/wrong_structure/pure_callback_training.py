"""The whole training runs in NumPy on the host, through jax.pure_callback."""

import jax
import jax.numpy as jnp
import numpy as np


def numpy_training(w, lr, x_batches, y_batches):
    w, lr = np.asarray(w), np.asarray(lr)
    for x, y in zip(np.asarray(x_batches), np.asarray(y_batches)):
        w = w - lr * np.float32(2) * np.sum(x * (w * x - y))
    return np.asarray(w, dtype=np.float32)


def scan_training_step(w, lr, x_batches, y_batches):
    result = jax.ShapeDtypeStruct((), jnp.float32)
    return jax.pure_callback(numpy_training, result, w, lr, x_batches, y_batches)
