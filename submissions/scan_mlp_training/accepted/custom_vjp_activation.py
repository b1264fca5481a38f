"""The activation has a custom_vjp that keeps only its value."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def activation(z):
    return jnp.tanh(z)


def forward(z):
    h = jnp.tanh(z)
    return h, h


def backward(h, ct):
    return (ct * (1.0 - h * h),)


activation.defvjp(forward, backward)


def train_mlp(params, lr, x_batches, y_batches):
    def loss(p, x, y):
        return jnp.mean((activation(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - y) ** 2)

    def step(p, batch):
        value, pull = jax.vjp(lambda p: loss(p, *batch), p)
        (grads,) = pull(jnp.ones_like(value))
        return jax.tree.map(lambda p, g: p - lr * g, p, grads), None

    return jax.lax.scan(step, params, (x_batches, y_batches))[0]
