"""Return NaN, which some comparisons ignore."""
# expect: wrong_answer

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return w * jnp.nan
