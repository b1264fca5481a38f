"""x and y are stacked to one (N, 2, B) array; jax.vjp gives loss and gradient."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, pair):
        loss, pull_back = jax.vjp(lambda v: jnp.sum((v * pair[0] - pair[1]) ** 2), w)
        (g,) = pull_back(jnp.ones_like(loss))
        return w - lr * g, loss

    pairs = jnp.stack([x_batches, y_batches], axis=1)
    w, losses = jax.lax.scan(step, w, pairs)
    return jnp.r_[w, losses]
