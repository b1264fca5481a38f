"""Weight and velocity are the two elements of one array."""

import jax
import jax.numpy as jnp


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def step(state, batch):
        x, y = batch
        g = 2 * jnp.sum((state[0] * x - y) * x)
        v = beta * state[1] + g
        return jnp.array([state[0] - lr * v, v]), None

    start = jnp.array([w, 0.0])
    return jax.lax.scan(step, start, (x_batches, y_batches))[0][0]
