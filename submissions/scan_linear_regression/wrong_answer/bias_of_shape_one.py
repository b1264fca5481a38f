"""The bias comes back with shape (1,) instead of a scalar."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def step(params, batch):
        x, y = batch
        error = x @ params["w"] + params["b"] - y
        w = params["w"] - 2 * lr * x.T @ error
        return {"w": w, "b": params["b"] - 2 * lr * jnp.sum(error)}, None

    start = {"w": params["w"], "b": params["b"].reshape(1)}
    return jax.lax.scan(step, start, (x_batches, y_batches))[0]
