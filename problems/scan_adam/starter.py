"""Train a scalar weight with Adam in one `jax.lax.scan`."""

import jax


def scan_adam(w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array) -> jax.Array:
    """Take one Adam step on `sum((w * x - y) ** 2)` per microbatch.

    The decay rates are 0.9 and 0.999, and epsilon is 1e-8.

    Args:
        w: the starting weight, float32, shape ().
        lr: the learning rate, float32, shape ().
        x_batches: the inputs, float32, shape (N, B); row i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The weight after the last step, float32, shape ().
    """
    raise NotImplementedError("TODO: carry Adam's state through one jax.lax.scan")
