"""Gradient descent as one `lax.scan`: the weight is carried, the microbatches are scanned."""

import jax
import jax.numpy as jnp


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_training_step(
    w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """The weight after one gradient step per row of the two (N, B) arrays."""

    def step(w: jax.Array, batch: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        x, y = batch
        return w - lr * jax.grad(squared_error)(w, x, y), None

    final_w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return final_w
