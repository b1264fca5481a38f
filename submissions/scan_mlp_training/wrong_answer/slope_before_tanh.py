"""Backpropagation by hand takes 1 - z**2 of what tanh is given, not of what it returns.

The slope of tanh at z is 1 - tanh(z)**2: square the hidden value.
"""

import jax
import jax.numpy as jnp


def train_mlp(params, lr, x_batches, y_batches):
    def step(p, batch):
        x, y = batch
        z = x @ p["W1"] + p["b1"]
        h = jnp.tanh(z)
        error = 2 * (h @ p["W2"] + p["b2"] - y) / y.size
        back = error[:, None] * p["W2"] * (1 - z**2)
        slopes = {"W1": x.T @ back, "b1": back.sum(0), "W2": h.T @ error, "b2": error.sum()}
        return jax.tree.map(lambda value, slope: value - lr * slope, p, slopes), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
