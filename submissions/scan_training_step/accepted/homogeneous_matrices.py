"""Every row becomes a 2 by 2 matrix, which the body applies to the vector (w, 1)."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    m = 1 - 2 * lr * jnp.sum(x_batches**2, 1)
    c = 2 * lr * jnp.sum(x_batches * y_batches, 1)
    z, o = jnp.zeros_like(m), jnp.ones_like(m)
    T = jnp.stack([jnp.stack([m, c], -1), jnp.stack([z, o], -1)], -2)

    def body(v, t):
        return t @ v, None

    return lax.scan(body, jnp.stack([w, jnp.ones_like(w)]), T)[0][0]
