"""A fori_loop over the B examples inside the body of the scan over microbatches."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    batch_size = x_batches.shape[1]

    def microbatch_step(w, batch):
        x, y = batch

        def add_example(i, g):
            return g + 2.0 * x[i] * (w * x[i] - y[i])

        g = lax.fori_loop(0, batch_size, add_example, jnp.float32(0.0))
        return w - lr * g, None

    w_end, _ = lax.scan(microbatch_step, w, (x_batches, y_batches))
    return w_end
