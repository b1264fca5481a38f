"""A stack of linear layers as one `lax.scan`: the vector is carried, the matrices are scanned."""

import jax


def scan_apply_layers(weights: jax.Array, x: jax.Array) -> jax.Array:
    """The vector after the N matrices `weights[0]`, ..., `weights[N - 1]`, in this order.

    `weights` has shape (N, D, D), and `x` and the result have shape (D,).
    """

    def layer(h: jax.Array, weight: jax.Array) -> tuple[jax.Array, None]:
        return weight @ h, None

    h, _ = jax.lax.scan(layer, x, weights)
    return h
