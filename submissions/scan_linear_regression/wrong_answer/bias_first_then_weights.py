"""The gradient of w is taken at the b that the same step has already updated."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def step(params, batch):
        x, y = batch
        b = params["b"] - 2 * lr * jnp.sum(x @ params["w"] + params["b"] - y)
        w = params["w"] - 2 * lr * x.T @ (x @ params["w"] + b - y)
        return {"w": w, "b": b}, None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
