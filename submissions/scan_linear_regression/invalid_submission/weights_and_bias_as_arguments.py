"""The function takes w and b instead of the dict params."""

import jax
import jax.numpy as jnp


def fit_linear(w, b, lr, x_batches, y_batches):
    def step(carry, batch):
        (w, b), (x, y) = carry, batch
        error = x @ w + b - y
        return (w - 2 * lr * x.T @ error, b - 2 * lr * jnp.sum(error)), None

    (w, b), _ = jax.lax.scan(step, (w, b), (x_batches, y_batches))
    return {"w": w, "b": b}
