"""A good solution under another name, train_with_momentum."""

import jax
import jax.numpy as jnp


def train_with_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lr * v, v), None

    return jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0][0]
