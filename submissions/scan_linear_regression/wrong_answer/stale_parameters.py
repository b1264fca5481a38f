"""Every gradient is taken at the starting parameters: the carry is not used in the loss."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    def loss(params, x, y):
        return jnp.sum((x @ params["w"] + params["b"] - y) ** 2)

    def step(carry, batch):
        grads = jax.grad(loss)(params, *batch)
        return jax.tree.map(lambda p, g: p - lr * g, carry, grads), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
