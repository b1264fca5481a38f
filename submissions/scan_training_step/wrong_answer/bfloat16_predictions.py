"""The predictions w*x are computed in bfloat16, which keeps only about three decimal digits."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        half = jnp.bfloat16
        prediction = w.astype(half) * x.astype(half)
        return jnp.sum((prediction.astype(jnp.float32) - y) ** 2)

    def step(w, batch):
        return w - lr * jax.grad(loss)(w, *batch), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
