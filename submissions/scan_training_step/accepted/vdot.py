"""jnp.vdot of inputs and residuals."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    two = jnp.float32(2.0)

    def step(weight, pair):
        inputs, targets = pair
        return weight - lr * two * jnp.vdot(inputs, weight * inputs - targets), None

    weight, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return weight
