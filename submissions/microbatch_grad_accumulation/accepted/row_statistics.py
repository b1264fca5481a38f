"""Each row is reduced to two sums before the scan, and the gradient is made of them inside it."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    xx = jnp.sum(x_full.reshape(n_micro, -1) ** 2, axis=1)
    xy = jnp.sum((x_full * y_full).reshape(n_micro, -1), axis=1)

    def step(total, sums):
        a, b = sums
        return total + 2 * (a * w - b), None

    return jax.lax.scan(step, jnp.zeros_like(w), (xx, xy))[0]
