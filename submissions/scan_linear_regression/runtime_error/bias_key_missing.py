"""The body returns a dict without the bias."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def loss(params, x, y):
        return jnp.sum((x @ params["w"] + params["b"] - y) ** 2)

    def step(params, batch):
        grads = jax.grad(loss)(params, *batch)
        return {"w": params["w"] - lr * grads["w"]}, None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
