"""A custom_vjp identity clips the gradient on its way back through the weight."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def clip_gradient(w, max_norm):
    return w


def forward(w, max_norm):
    return w, max_norm


def backward(max_norm, g):
    return jnp.clip(g, -max_norm, max_norm), None


clip_gradient.defvjp(forward, backward)


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((clip_gradient(w, max_norm) * x - y) ** 2)

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
