"""A proper scan with a jax.debug.print left in the body."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        jax.debug.print("loss {l}  w {w}", l=loss, w=w)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
