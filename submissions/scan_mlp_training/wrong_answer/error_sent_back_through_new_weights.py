"""W2 is updated first, and the error goes back through the new W2."""

import jax
import jax.numpy as jnp


def train_mlp(params, lr, x_batches, y_batches):
    def step(p, batch):
        x, y = batch
        h = jnp.tanh(x @ p["W1"] + p["b1"])
        delta = 2.0 * (h @ p["W2"] + p["b2"] - y) / y.shape[0]
        p["W2"] -= lr * h.T @ delta
        p["b2"] -= lr * delta.sum()
        back = jnp.outer(delta, p["W2"]) * (1.0 - h**2)
        p["W1"] -= lr * x.T @ back
        p["b1"] -= lr * back.sum(axis=0)
        return p, None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
