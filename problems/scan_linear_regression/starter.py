"""Train a linear model whose parameters are a dict, in one `jax.lax.scan`."""

import jax


def fit_linear(
    params: dict[str, jax.Array], lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> dict[str, jax.Array]:
    """Take one gradient-descent step on `sum((x @ w + b - y) ** 2)` per microbatch.

    Args:
        params: the starting parameters: "w", float32, shape (D,), and "b", float32, shape ().
        lr: the learning rate, float32, shape ().
        x_batches: the inputs, float32, shape (N, B, D); entry i is microbatch i.
        y_batches: the targets, float32, shape (N, B).

    Returns:
        The parameters after the last step, a dict with the same keys, shapes and dtypes.
    """
    raise NotImplementedError("TODO: carry the dict of parameters through one jax.lax.scan")
