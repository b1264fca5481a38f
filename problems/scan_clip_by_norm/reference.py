"""Gradient descent with clipped gradients as one `lax.scan` that carries the weight."""

import jax
import jax.numpy as jnp


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_clipped(
    w: jax.Array, lr: jax.Array, max_norm: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """The weight after one step along the clipped gradient per row of the two (N, B) arrays."""

    def step(w: jax.Array, batch: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        x, y = batch
        gradient = jax.grad(squared_error)(w, x, y)
        return w - lr * jnp.clip(gradient, -max_norm, max_norm), None

    final_w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return final_w
