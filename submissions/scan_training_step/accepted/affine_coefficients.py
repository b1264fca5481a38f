"""Every step is the affine map w -> m*w + c; m and c are computed per row and scanned."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    slope = 1.0 - 2.0 * lr * jnp.sum(x_batches**2, axis=-1)
    offset = 2.0 * lr * jnp.sum(x_batches * y_batches, axis=-1)

    def apply(w, coefficients):
        m, c = coefficients
        return m * w + c, None

    return jax.lax.scan(apply, w, (slope, offset))[0]
