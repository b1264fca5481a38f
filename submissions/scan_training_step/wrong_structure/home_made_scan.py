"""A home-made scan, written as in the documentation of lax.scan, with a Python loop inside."""

import jax
import jax.numpy as jnp


def scan(f, init, xs):
    carry, ys = init, []
    for x in zip(*xs):
        carry, y = f(carry, x)
        ys.append(y)
    return carry, jnp.stack(ys)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * g, loss

    w, _ = scan(step, w, (x_batches, y_batches))
    return w
