"""The average is taken with jax.tree.map, as one does for many weights."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def loss(params, x, y):
        return jnp.sum((params["w"] * x - y) ** 2)

    def step(carry, batch):
        params, average = carry
        grads = jax.grad(loss)(params, *batch)
        params = jax.tree.map(lambda p, g: p - lr * g, params, grads)
        average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, average, params)
        return (params, average), None

    start = {"w": w}
    (params, average), _ = jax.lax.scan(step, (start, start), (x_batches, y_batches))
    return params["w"], average["w"]
