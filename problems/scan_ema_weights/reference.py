"""Gradient descent as one `lax.scan` that carries the weight and its moving average."""

import jax
import jax.numpy as jnp

Pair = tuple[jax.Array, jax.Array]


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_ema(
    w: jax.Array, lr: jax.Array, decay: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> Pair:
    """The weight after one gradient step per row, and the moving average of the weights."""

    def step(carry: Pair, batch: Pair) -> tuple[Pair, None]:
        (w, ema), (x, y) = carry, batch
        w = w - lr * jax.grad(squared_error)(w, x, y)
        ema = decay * ema + (1 - decay) * w
        return (w, ema), None

    (final_w, final_ema), _ = jax.lax.scan(step, (w, w), (x_batches, y_batches))
    return final_w, final_ema
