"""Every loss is taken at the starting weight instead of the current one."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(v, batch):
        x, y = batch

        def loss(u):
            return jnp.sum((u * x - y) ** 2)

        return v - lr * jax.grad(loss)(v), loss(w)

    final, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([final[None], losses])
