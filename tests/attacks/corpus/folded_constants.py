"""Have the compiler compute on constants for a long time."""
# expect: memory_limit_exceeded, time_limit_exceeded, wrong_answer
# wall: 3

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return w + jnp.linalg.matrix_power(jnp.ones((3000, 3000)), 64).sum()
