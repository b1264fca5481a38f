"""The hidden layer uses the logistic function instead of tanh."""

import jax
import jax.numpy as jnp


def train_mlp(params, lr, x_batches, y_batches):
    def loss(p, x, y):
        return jnp.mean((jax.nn.sigmoid(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - y) ** 2)

    def step(p, batch):
        grads = jax.grad(loss)(p, *batch)
        return jax.tree.map(lambda p, g: p - lr * g, p, grads), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
