"""The gradient is taken ahead of the weight, at w - lr*beta*v, instead of at w."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w - lr * beta * v)
        v = beta * v + g
        return (w - lr * v, v), None

    return jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0][0]
