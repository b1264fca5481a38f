"""The gradient of b is taken at the w that the same step has already updated."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def step(params, batch):
        x, y = batch
        params["w"] -= 2 * lr * x.T @ (x @ params["w"] + params["b"] - y)
        params["b"] -= 2 * lr * jnp.sum(x @ params["w"] + params["b"] - y)
        return params, None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
