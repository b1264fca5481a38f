"""Gradient descent with a schedule as one `lax.scan`: the rates are scanned with the batches."""

import jax
import jax.numpy as jnp


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_lr_schedule(
    w: jax.Array, lrs: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """The weight after one gradient step per row, each with its own learning rate."""

    def step(w: jax.Array, row: tuple[jax.Array, jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        lr, x, y = row
        return w - lr * jax.grad(squared_error)(w, x, y), None

    final_w, _ = jax.lax.scan(step, w, (lrs, x_batches, y_batches))
    return final_w
