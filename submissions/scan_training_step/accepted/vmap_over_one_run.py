"""The training loop is written for many runs with vmap and used with a single one."""

import jax
import jax.numpy as jnp


def train_one(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]


train_many = jax.vmap(train_one, in_axes=(0, 0, None, None))


def scan_training_step(w, lr, x_batches, y_batches):
    return train_many(w[None], lr[None], x_batches, y_batches)[0]
