"""Weight and velocity are a tuple; the velocity starts at zero."""

import jax
import jax.numpy as jnp


def loss_fn(w, x, y):
    return jnp.sum((w * x - y) ** 2)


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        v = beta * v + jax.grad(loss_fn)(w, x, y)
        w = w - lr * v
        return (w, v), None

    (w, _), _ = jax.lax.scan(step, (w, 0.0), (x_batches, y_batches))
    return w
