"""The learning rate and the bound are repeated and scanned beside the batches."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    n = x_batches.shape[0]

    def step(w, inputs):
        x, y, lr, bound = inputs
        g = jnp.einsum("b,b->", 2.0 * x, w * x - y)
        return w - lr * jnp.clip(g, min=-bound, max=bound), None

    xs = (x_batches, y_batches, jnp.full(n, lr), jnp.broadcast_to(max_norm, (n,)))
    return jax.lax.scan(step, w, xs)[0]
