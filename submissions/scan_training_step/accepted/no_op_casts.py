"""Every argument goes through jnp.asarray(..., float32), which changes nothing."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    w = jnp.asarray(w, dtype=jnp.float32)
    lr = jnp.asarray(lr, dtype=jnp.float32)
    xs = jnp.asarray(x_batches).astype(jnp.float32)
    ys = jnp.asarray(y_batches).astype(jnp.float32)

    def body(w, batch):
        x, y = batch
        grads = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return (w - lr * grads).astype(w.dtype), None

    w, _ = jax.lax.scan(body, w, (xs, ys))
    return w
