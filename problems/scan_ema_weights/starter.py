"""Train a scalar weight and average it on the way, in one `jax.lax.scan`."""

import jax


def scan_ema(
    w: jax.Array, lr: jax.Array, decay: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """Take one gradient step per microbatch, and keep a moving average of the weights.

    The loss is `sum((w * x - y) ** 2)`. The average starts from the starting weight; after each
    step it becomes `decay` times itself plus `1 - decay` times the new weight.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        decay: how much of the average is kept in each step, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The tuple of the last weight and the last average, each float32, shape ().
    """
    raise NotImplementedError("TODO: carry the weight and its average through one jax.lax.scan")
