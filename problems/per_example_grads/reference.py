"""One gradient for each example: the gradient of one loss, mapped over the examples."""

import jax


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Squared error of the prediction for one example."""
    return (x @ w - y) ** 2


def per_example_grads(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """The gradients with respect to w, one row per example."""
    return jax.vmap(jax.grad(squared_error), in_axes=(None, 0, 0))(w, x, y)
