"""Add up the gradients of microbatches with one `jax.lax.scan`."""

import jax


def accumulate_grads(w: jax.Array, x_full: jax.Array, y_full: jax.Array, n_micro: int) -> jax.Array:
    """The gradient of `sum((w * x - y) ** 2)` over all examples, one microbatch at a time.

    Args:
        w: the weight, float32, shape ().
        x_full: the inputs, float32, shape (n_micro * B,).
        y_full: the targets, float32, shape (n_micro * B,).
        n_micro: the number of microbatches, a Python int; each has the same size B.

    Returns:
        The gradient with respect to w, summed over all microbatches, float32, shape ().
    """
    raise NotImplementedError("TODO: add up the microbatches' gradients in one jax.lax.scan")
