"""jax.linearize gives the loss and its linear map; the map at 1 is the derivative."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        loss, tangent_map = jax.linearize(lambda v: jnp.sum((v * x - y) ** 2), w)
        return w - lr * tangent_map(jnp.float32(1)), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
