"""Nesterov's momentum is used: the step is lr*(g + beta*v) instead of lr*v."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        v = beta * v + g
        return (w - lr * (g + beta * v), v), None

    return jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0][0]
