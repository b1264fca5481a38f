"""Train a scalar weight with a learning-rate schedule in one `jax.lax.scan`."""

import jax


def scan_lr_schedule(
    w: jax.Array, lrs: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """Take one gradient-descent step on `sum((w * x - y) ** 2)` per microbatch.

    Args:
        w: the starting weight, float32, shape ().
        lrs: the learning rates, float32, shape (N,); step i uses entry i.
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The weight after the last step, float32, shape ().
    """
    raise NotImplementedError("TODO: scan the rates beside the microbatches in one jax.lax.scan")
