"""The weight is carried in float16, which rounds it at every step."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w.astype(x.dtype) * x - y) ** 2)

    def step(w, batch):
        g = jax.grad(loss)(w, *batch)
        return (w - lr * g).astype(jnp.float16), None

    w16, _ = jax.lax.scan(step, w.astype(jnp.float16), (x_batches, y_batches))
    return w16.astype(jnp.float32)
