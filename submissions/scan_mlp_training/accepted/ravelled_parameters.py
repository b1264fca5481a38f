"""All parameters are one flat vector, carried through a jitted and checkpointed body."""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def train_mlp(params, lr, x_batches, y_batches):
    start, unravel = ravel_pytree(params)

    def loss(vector, x, y):
        p = unravel(vector)
        hidden = jnp.tanh(jnp.einsum("bd,dh->bh", x, p["W1"]) + p["b1"])
        return jnp.mean((jnp.einsum("bh,h->b", hidden, p["W2"]) + p["b2"] - y) ** 2)

    @jax.jit
    @jax.checkpoint
    def step(vector, batch):
        value, slope = jax.value_and_grad(loss)(vector, *batch)
        return vector - lr * slope, value

    vector, losses = jax.lax.scan(step, start, (x_batches, y_batches), unroll=2)
    return unravel(vector)
