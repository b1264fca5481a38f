"""The velocity is a variable outside the body, which reads it before assigning it."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    v = 0.0

    def step(w, batch):
        x, y = batch
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w - lr * v, None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
