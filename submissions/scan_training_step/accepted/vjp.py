"""The derivative by pulling 1.0 back with jax.vjp."""

import jax
import jax.numpy as jnp
from jax.lax import scan


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, b):
        x, y = b
        loss, pullback = jax.vjp(lambda w: jnp.sum((w * x - y) ** 2), w)
        (g,) = pullback(jnp.ones_like(loss))
        return w - lr * g, loss

    w_final, _ = scan(body, w, (x_batches, y_batches))
    return w_final
