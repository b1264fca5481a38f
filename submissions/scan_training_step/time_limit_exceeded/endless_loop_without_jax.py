"""An endless Python loop at the top of the function; nothing is ever traced."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    converged = False
    while not converged:
        pass

    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
