"""The velocity starts as None, to be set in the first step."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        v = g if v is None else beta * v + g
        return (w - lr * v, v), None

    return jax.lax.scan(step, (w, None), (x_batches, y_batches))[0][0]
