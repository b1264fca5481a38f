"""One step is an affine map of the vector of weight and average."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(state, batch):
        x, y = batch
        m = 1 - 2 * lr * (x @ x)
        c = 2 * lr * (x @ y)
        matrix = jnp.array([[m, 0.0], [(1 - decay) * m, decay]])
        return matrix @ state + jnp.array([c, (1 - decay) * c]), None

    w, ema = jax.lax.scan(step, jnp.array([w, w]), (x_batches, y_batches))[0]
    return w, ema
