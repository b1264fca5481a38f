"""The parameters are scanned together with the batches."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def loss(params, x, y):
        return jnp.sum((x @ params["w"] + params["b"] - y) ** 2)

    def step(_, batch):
        params, x, y = batch
        grads = jax.grad(loss)(params, x, y)
        return None, jax.tree.map(lambda p, g: p - lr * g, params, grads)

    return jax.lax.scan(step, None, (params, x_batches, y_batches))[1]
