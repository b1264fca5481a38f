"""The name is written scanTrainingStep."""

import jax
import jax.numpy as jnp


def scanTrainingStep(w, lr, xBatches, yBatches):
    def body(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(body, w, (xBatches, yBatches))[0]
