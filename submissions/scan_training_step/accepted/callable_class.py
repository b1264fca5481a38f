"""The body is an object with __call__ that remembers the learning rate."""

import jax
import jax.numpy as jnp


class SGD:
    def __init__(self, lr):
        self.lr = lr

    def gradient(self, w, x, y):
        return 2.0 * jnp.sum((w * x - y) * x)

    def __call__(self, w, batch):
        return w - self.lr * self.gradient(w, *batch), None


def scan_training_step(w, lr, x_batches, y_batches):
    optimizer = SGD(lr)
    w, _ = jax.lax.scan(optimizer, w, (x_batches, y_batches))
    return w
