"""Train a scalar weight with clipped gradients, in one `jax.lax.scan`."""

import jax


def scan_clipped(
    w: jax.Array, lr: jax.Array, max_norm: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """Take one step per microbatch along the gradient, clipped to a norm of `max_norm`.

    The gradient is that of `sum((w * x - y) ** 2)` over the microbatch.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        max_norm: the largest norm a gradient may have, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The weight after the last step, float32, shape ().
    """
    raise NotImplementedError("TODO: write the training loop as one jax.lax.scan")
