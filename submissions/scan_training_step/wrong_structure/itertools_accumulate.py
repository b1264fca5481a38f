"""itertools.accumulate produces the weights one by one."""

from itertools import accumulate

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def update(weight, batch):
        x, y = batch
        return weight - lr * 2.0 * jnp.dot(x, weight * x - y)

    *_, last = accumulate(zip(x_batches, y_batches), update, initial=w)
    return last
