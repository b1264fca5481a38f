"""Imports jax.experimental.optimizers, which JAX removed long ago."""

import jax
import jax.numpy as jnp
from jax.experimental import optimizers


def scan_training_step(w, lr, x_batches, y_batches):
    init, update, get_params = optimizers.sgd(lr)

    def step(state, batch):
        i, opt_state = state
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(get_params(opt_state))
        return (i + 1, update(i, g, opt_state)), None

    (_, opt_state), _ = jax.lax.scan(step, (0, init(w)), (x_batches, y_batches))
    return get_params(opt_state)
