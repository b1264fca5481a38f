"""Train a scalar weight with one `jax.lax.scan` and keep the loss of every step."""

import jax


def scan_collect_losses(
    w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """Take one gradient-descent step on `sum((w * x - y) ** 2)` per microbatch, recording losses.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        float32, shape (N + 1,): the weight after the last step, then the N losses, each taken
        before the update of its step.
    """
    raise NotImplementedError("TODO: train in one jax.lax.scan that puts out the losses")
