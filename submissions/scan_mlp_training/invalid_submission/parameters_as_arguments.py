"""The function takes the four parameters one by one instead of the dict."""

import jax
import jax.numpy as jnp


def train_mlp(W1, b1, W2, b2, lr, x_batches, y_batches):
    def loss(p, x, y):
        return jnp.mean((jnp.tanh(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - y) ** 2)

    def step(p, batch):
        grads = jax.grad(loss)(p, *batch)
        return jax.tree.map(lambda p, g: p - lr * g, p, grads), None

    start = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return jax.lax.scan(step, start, (x_batches, y_batches))[0]
