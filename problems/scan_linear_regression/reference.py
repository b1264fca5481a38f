"""Linear regression as one `lax.scan` whose carry is the dict of parameters."""

import jax
import jax.numpy as jnp

Params = dict[str, jax.Array]


def squared_error(params: Params, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of `x @ w + b` over one microbatch."""
    return jnp.sum((x @ params["w"] + params["b"] - y) ** 2)


def fit_linear(params: Params, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array) -> Params:
    """The parameters after one gradient step per microbatch."""

    def step(params: Params, batch: tuple[jax.Array, jax.Array]) -> tuple[Params, None]:
        x, y = batch
        grads = jax.grad(squared_error)(params, x, y)
        return jax.tree.map(lambda p, g: p - lr * g, params, grads), None

    final_params, _ = jax.lax.scan(step, params, (x_batches, y_batches))
    return final_params
