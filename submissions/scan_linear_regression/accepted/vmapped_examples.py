"""The loss of one example is vmapped, for values and for gradients, which are then summed."""

import jax
import jax.numpy as jnp


def predict(params, x):
    return jnp.vdot(params["w"], x) + params["b"]


def example_loss(params, x, y):
    return (predict(params, x) - y) ** 2


def fit_linear(params, lr, x_batches, y_batches):
    each = jax.vmap(jax.grad(example_loss), in_axes=(None, 0, 0))

    def step(params, batch):
        grads = each(params, batch["x"], batch["y"])
        return {k: v - lr * jnp.sum(grads[k], axis=0) for k, v in params.items()}, None

    return jax.lax.scan(step, params, {"x": x_batches, "y": y_batches})[0]
