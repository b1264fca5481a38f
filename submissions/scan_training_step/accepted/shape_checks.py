"""Shapes are checked with plain Python before the scan."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    """Train a scalar weight.

    Args:
        w: float32 scalar, the starting weight.
        lr: float32 scalar, the learning rate.
        x_batches: float32, shape (N, B).
        y_batches: float32, shape (N, B).

    Returns:
        The weight after N updates.

    Raises:
        ValueError: the two batches have different shapes.
    """
    if x_batches.shape != y_batches.shape:
        raise ValueError(f"{x_batches.shape} != {y_batches.shape}")
    assert w.ndim == 0, "w should be a scalar"

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
