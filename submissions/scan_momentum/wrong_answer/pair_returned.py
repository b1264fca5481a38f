"""The whole carry is returned, weight and velocity, instead of the weight alone."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lr * v, v), None

    return jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0]
