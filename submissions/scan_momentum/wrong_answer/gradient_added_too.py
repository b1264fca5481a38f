"""The weight moves by the gradient and by the velocity, which contains it already."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        v = beta * v + g
        return (w - lr * (v + g), v), None

    return jax.lax.scan(step, (w, 0.0), (x_batches, y_batches))[0][0]
