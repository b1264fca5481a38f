"""A while_loop with a counter writes the losses into an array."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    n = len(x_batches)

    def step(state):
        i, w, losses = state
        err = w * x_batches[i] - y_batches[i]
        losses = losses.at[i].set(jnp.sum(err**2))
        return i + 1, w - 2 * lr * jnp.sum(err * x_batches[i]), losses

    state = (0, w, jnp.zeros(n))
    _, w, losses = jax.lax.while_loop(lambda s: s[0] < n, step, state)
    return jnp.concatenate([w[None], losses])
