"""The prediction has a custom_vjp; the loss built on it is differentiated by jax.vjp."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def predict(params, x):
    return x @ params["w"] + params["b"]


def forward(params, x):
    return predict(params, x), x


def backward(x, ct):
    return {"w": ct @ x, "b": jnp.sum(ct)}, jnp.zeros_like(x)


predict.defvjp(forward, backward)


def fit_linear(params, lr, x_batches, y_batches):
    def step(params, batch):
        x, y = batch
        prediction, pull = jax.vjp(lambda p: predict(p, x), params)
        (grads,) = pull(2.0 * (prediction - y))
        return jax.tree.map(lambda p, g: p - lr * g, params, grads), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
