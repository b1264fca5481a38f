"""The result is nan when the data is not finite, and otherwise what the scan gives."""

import jax
import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, b):
        x, y = b
        return w - lr * jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w), None

    out = lax.scan(body, w, (x_batches, y_batches))[0]
    ok = jnp.all(jnp.isfinite(x_batches)) & jnp.all(jnp.isfinite(y_batches))
    return jnp.where(ok, out, jnp.nan)
