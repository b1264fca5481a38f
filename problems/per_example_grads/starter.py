"""Take one gradient per example with `jax.vmap` and `jax.grad`."""

import jax


def per_example_grads(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Take the gradient of `(x[i] @ w - y[i]) ** 2` with respect to w, for each i.

    Args:
        w: the weights, float32, shape (D,).
        x: the examples, float32, shape (B, D); row i is example i.
        y: the targets, float32, shape (B,).

    Returns:
        The gradients, float32, shape (B, D); row i is that of example i.
    """
    raise NotImplementedError("TODO: map the gradient of one example over all of them")
