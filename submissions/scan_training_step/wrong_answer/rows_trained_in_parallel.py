"""Every row trains the initial weight by itself, and the results are averaged."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    return jax.vmap(lambda x, y: w - lr * 2 * jnp.sum(x * (w * x - y)))(x_batches, y_batches).mean()
