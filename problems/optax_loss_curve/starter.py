"""Train with `optax.sgd` in one `jax.lax.scan`, and return the loss curve."""

import jax


def loss_curve(
    w0: jax.Array, x_batches: jax.Array, y_batches: jax.Array, lr: jax.Array
) -> jax.Array:
    """Take one step of `optax.sgd(lr)` on `sum((w * x - y) ** 2)` per microbatch.

    Args:
        w0: the starting weight, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).
        lr: the learning rate, float32, shape ().

    Returns:
        The loss on each microbatch before the step it is used for, float32, shape (N,).
    """
    raise NotImplementedError("TODO: carry weight and optimizer state through one jax.lax.scan")
