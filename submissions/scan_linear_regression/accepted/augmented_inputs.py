"""A column of ones is appended to x, so that the bias is one more weight of a flat vector."""

import jax
import jax.numpy as jnp


def fit_linear(params, lr, x_batches, y_batches):
    n, b, _ = x_batches.shape
    rows = jnp.concatenate([x_batches, jnp.ones((n, b, 1))], axis=-1)
    start = jnp.concatenate([params["w"], params["b"][None]])

    def step(theta, batch):
        x, y = batch
        return theta - lr * jax.grad(lambda t: jnp.sum((x @ t - y) ** 2))(theta), None

    theta, _ = jax.lax.scan(step, start, (rows, y_batches))
    return {"w": theta[:-1], "b": theta[-1]}
