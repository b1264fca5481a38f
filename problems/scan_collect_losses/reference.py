"""Gradient descent as one `lax.scan`: the weight is carried, the losses are put out."""

import jax
import jax.numpy as jnp


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_collect_losses(
    w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """The weight after one gradient step per row, then the loss before each of the N steps."""

    def step(w: jax.Array, batch: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        x, y = batch
        loss, slope = jax.value_and_grad(squared_error)(w, x, y)
        return w - lr * slope, loss

    final_w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([final_w[None], losses])
