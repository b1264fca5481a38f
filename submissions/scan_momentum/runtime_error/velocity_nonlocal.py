"""The velocity is kept in a nonlocal variable, from which a tracer leaks."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    v = jnp.zeros_like(w)

    def step(w, batch):
        nonlocal v
        x, y = batch
        v = beta * v + jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w - lr * v, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w + 0 * v
