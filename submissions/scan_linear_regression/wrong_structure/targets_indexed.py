"""Only x_batches is scanned; the targets are looked up with a counter in the carry."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def loss(params, x, y):
        return jnp.sum((x @ params["w"] + params["b"] - y) ** 2)

    def step(carry, x):
        params, i = carry
        grads = jax.grad(loss)(params, x, y_batches[i])
        return (jax.tree.map(lambda p, g: p - lr * g, params, grads), i + 1), None

    (params, _), _ = jax.lax.scan(step, (params, 0), x_batches)
    return params
