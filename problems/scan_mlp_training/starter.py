"""Train a two-layer tanh network, in one `jax.lax.scan`."""

import jax


def train_mlp(
    params: dict[str, jax.Array], lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> dict[str, jax.Array]:
    """Take one gradient-descent step on the mean squared error per microbatch.

    The network predicts `tanh(x @ W1 + b1) @ W2 + b2`.

    Args:
        params: the starting parameters, float32: "W1", shape (D, H), "b1", shape (H,), "W2",
            shape (H,), and "b2", shape ().
        lr: the learning rate, float32, shape ().
        x_batches: the inputs, float32, shape (N, B, D); entry i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The parameters after the last step, a dict with the same keys, shapes and dtypes.
    """
    raise NotImplementedError("TODO: carry the dict of parameters through one jax.lax.scan")
