"""Train a scalar weight with heavy-ball momentum in one `jax.lax.scan`."""

import jax


def scan_momentum(
    w: jax.Array, lr: jax.Array, beta: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """Take one heavy-ball step on `sum((w * x - y) ** 2)` per microbatch.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        beta: how much of the velocity a step keeps, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The weight after the last step, float32, shape ().
    """
    raise NotImplementedError("TODO: carry weight and velocity through one jax.lax.scan")
