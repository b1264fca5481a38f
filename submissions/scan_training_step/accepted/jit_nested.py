"""jit inside jit inside jit: the loss, the step and the loop are each compiled on their own."""

import jax
import jax.numpy as jnp


@jax.jit
def loss_fn(w, x, y):
    return jnp.sum((w * x - y) ** 2)


@jax.jit
def sgd_step(w, lr, x, y):
    return w - lr * jax.grad(loss_fn)(w, x, y)


@jax.jit
def scan_training_step(w, lr, x_batches, y_batches):
    final, _ = jax.lax.scan(
        lambda w, batch: (sgd_step(w, lr, *batch), None), w, (x_batches, y_batches)
    )
    return final
