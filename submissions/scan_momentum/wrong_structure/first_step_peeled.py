"""The first step is taken before the scan, to start the velocity; the scan has one step less."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    gradient = jax.grad(lambda u, x, y: jnp.sum((u * x - y) ** 2))
    v = gradient(w, x_batches[0], y_batches[0])

    def step(carry, batch):
        w, v = carry
        v = beta * v + gradient(w, *batch)
        return (w - lr * v, v), None

    return jax.lax.scan(step, (w - lr * v, v), (x_batches[1:], y_batches[1:]))[0][0]
