"""The weight moves by the old velocity, before the gradient of this step is added to it."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lr * v, beta * v + g), None

    return jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0][0]
