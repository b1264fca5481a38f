"""Two scans by hand: the second pulls back through a checkpointed layer, from the kept inputs."""

import jax
import jax.numpy as jnp


@jax.checkpoint
def layer(w, h):
    return jax.nn.relu(w @ h)


def checkpointed_grad(weights, x):
    def forward(h, w):
        return layer(w, h), h

    def backward(g, kept):
        _, back = jax.vjp(layer, *kept)
        grad_w, grad_h = back(g)
        return grad_h, grad_w

    h, hs = jax.lax.scan(forward, x, weights)
    _, grads = jax.lax.scan(backward, jnp.ones_like(h), (weights, hs), reverse=True)
    return grads
