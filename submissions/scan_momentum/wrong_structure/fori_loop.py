"""A fori_loop indexes the rows of the batches."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(i, carry):
        w, v = carry
        x, y = x_batches[i], y_batches[i]
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w - lr * v, v

    return jax.lax.fori_loop(0, len(x_batches), step, (w, jnp.zeros_like(w)))[0]
