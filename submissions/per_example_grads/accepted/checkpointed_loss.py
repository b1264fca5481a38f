"""The loss is checkpointed and has a custom_vjp."""

import jax


@jax.custom_vjp
def loss(w, x, y):
    return (x @ w - y) ** 2


def forward(w, x, y):
    return loss(w, x, y), (w, x, y)


def backward(kept, g):
    w, x, y = kept
    slope = 2 * g * (x @ w - y)
    return slope * x, slope * w, -slope


loss.defvjp(forward, backward)


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(jax.checkpoint(loss)), (None, 0, 0))(w, x, y)
