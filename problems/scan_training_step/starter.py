"""Train a scalar weight over N microbatches with one `jax.lax.scan`."""

import jax


def scan_training_step(
    w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """Take one gradient-descent step on `sum((w * x - y) ** 2)` per microbatch.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The weight after the last step, float32, shape ().
    """
    raise NotImplementedError("TODO: write the training loop as one jax.lax.scan")
