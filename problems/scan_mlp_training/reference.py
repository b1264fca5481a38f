"""A two-layer network trained as one `lax.scan` whose carry is the dict of parameters."""

import jax
import jax.numpy as jnp

Params = dict[str, jax.Array]


def mean_squared_error(params: Params, x: jax.Array, y: jax.Array) -> jax.Array:
    """Mean squared error of the network over one microbatch."""
    hidden = jnp.tanh(x @ params["W1"] + params["b1"])
    return jnp.mean((hidden @ params["W2"] + params["b2"] - y) ** 2)


def train_mlp(params: Params, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array) -> Params:
    """The parameters after one gradient step per microbatch."""

    def step(params: Params, batch: tuple[jax.Array, jax.Array]) -> tuple[Params, None]:
        x, y = batch
        grads = jax.grad(mean_squared_error)(params, x, y)
        return jax.tree.map(lambda p, g: p - lr * g, params, grads), None

    final_params, _ = jax.lax.scan(step, params, (x_batches, y_batches))
    return final_params
