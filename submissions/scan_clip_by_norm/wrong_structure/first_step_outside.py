"""The first step is taken before the scan, which does the other N-1."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * jnp.clip(g, -max_norm, max_norm), None

    w, _ = step(w, (x_batches[0], y_batches[0]))
    return jax.lax.scan(step, w, (x_batches[1:], y_batches[1:]))[0]
