"""Gradient accumulation as one `lax.scan`: the sum is carried, the microbatches are scanned."""

import jax
import jax.numpy as jnp


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def accumulate_grads(w: jax.Array, x_full: jax.Array, y_full: jax.Array, n_micro: int) -> jax.Array:
    """The gradient over all examples, added up microbatch by microbatch."""

    def add(total: jax.Array, batch: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, None]:
        x, y = batch
        return total + jax.grad(squared_error)(w, x, y), None

    batches = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    total, _ = jax.lax.scan(add, jnp.zeros_like(w), batches)
    return total
