"""The starter's NotImplementedError is still there."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    raise NotImplementedError("write me")
