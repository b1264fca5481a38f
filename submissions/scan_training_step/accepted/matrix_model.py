"""The model is a 1-by-1 matrix, as in a linear layer, and its only entry is returned."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    W = w[None, None]

    def loss(W, x, y):
        out = x[:, None] @ W
        return jnp.sum((out[:, 0] - y) ** 2)

    def body(W, batch):
        return W - lr * jax.grad(loss)(W, *batch), None

    W, _ = jax.lax.scan(body, W, (x_batches, y_batches))
    return W[0, 0]
