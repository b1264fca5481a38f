"""How far the average lags behind the weight is carried in its place."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    @jax.checkpoint
    def step(carry, batch):
        w, lag = carry
        x, y = batch
        change = -lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w + change, decay * (lag + change)), None

    (w, lag), _ = jax.lax.scan(step, (w, jnp.zeros(())), (x_batches, y_batches))
    return w, w - lag
