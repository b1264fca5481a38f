"""n_micro is taken for the size of a microbatch, so the scan has as many steps as examples in one."""

import jax
import jax.numpy as jnp


def accumulate_grads(w, x_full, y_full, n_micro):
    def step(total, batch):
        x, y = batch
        return total + jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    rows = (x_full.reshape(-1, n_micro), y_full.reshape(-1, n_micro))
    return jax.lax.scan(step, jnp.zeros_like(w), rows)[0]
