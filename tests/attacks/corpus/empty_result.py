"""Return an empty array, whose elements all agree."""
# expect: wrong_answer

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return jnp.zeros((0,), jnp.float32)
