"""Every weight is put out, and the last one is returned."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(carry, batch):
        w, v = carry
        x, y = batch
        v = beta * v + jax.jacrev(lambda u: jnp.sum(jnp.square(u * x - y)))(w)
        w = w - lr * v
        return (w, v), w

    _, weights = jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))
    return weights[-1]
