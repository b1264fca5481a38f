"""Backpropagation by hand: a second scan uses activations that the first one kept."""

import jax
import jax.numpy as jnp


def checkpointed_grad(weights, x):
    def forward(h, w):
        z = w @ h
        return jax.nn.relu(z), (h, z)

    def backward(g, kept):
        w, h, z = kept
        g = jnp.where(z > 0, g, 0.0)
        return w.T @ g, jnp.outer(g, h)

    h, (hs, zs) = jax.lax.scan(forward, x, weights)
    _, grads = jax.lax.scan(backward, jnp.ones_like(h), (weights, hs, zs), reverse=True)
    return grads
