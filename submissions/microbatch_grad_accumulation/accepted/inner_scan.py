"""A second scan inside the body goes through the examples of the microbatch."""

import jax
import jax.numpy as jnp
from jax import lax


def accumulate_grads(w, x_full, y_full, n_micro):
    def one_example(total, example):
        x, y = example
        return total + 2.0 * x * (w * x - y), None

    def one_microbatch(total, batch):
        g, _ = lax.scan(one_example, jnp.zeros_like(w), batch)
        return total + g, None

    batches = (x_full.reshape(n_micro, -1), y_full.reshape(n_micro, -1))
    return lax.scan(one_microbatch, jnp.zeros_like(w), batches)[0]
