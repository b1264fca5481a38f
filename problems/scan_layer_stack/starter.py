"""Apply a stack of linear layers to a vector with one `jax.lax.scan`."""

import jax


def scan_apply_layers(weights: jax.Array, x: jax.Array) -> jax.Array:
    """Multiply a vector by N matrices, one after the other, the first one first.

    Args:
        weights: the matrices, float32, shape (N, D, D); `weights[i]` is layer i.
        x: the vector that goes into layer 0, float32, shape (D,).

    Returns:
        The vector that comes out of layer N - 1, float32, shape (D,).
    """
    raise NotImplementedError("TODO: apply the layers with one jax.lax.scan")
