"""Predictions of shape (B, 1) minus targets of shape (B,) make a B-by-B matrix of errors."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def loss(params, x, y):
        predictions = x @ params["w"][:, None] + params["b"]
        return jnp.sum((predictions - y) ** 2)

    def step(params, batch):
        grads = jax.grad(loss)(params, *batch)
        return jax.tree.map(lambda p, g: p - lr * g, params, grads), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
