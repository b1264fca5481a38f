"""Return infinity, near which everything is close."""
# expect: wrong_answer

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return w + jnp.inf
