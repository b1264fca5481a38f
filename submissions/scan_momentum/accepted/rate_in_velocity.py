"""The velocity holds the learning rate and the sign already: v = beta*v - lr*g, w + v."""

import jax
import jax.numpy as jnp


@jax.jit
def scan_momentum(w, lr, beta, x_batches, y_batches):
    def body(state, rows):
        w, v = state
        x, y = rows
        g = 2.0 * jnp.vdot(x, w * x - y)
        v = beta * v - lr * g
        return (w + v, v), v

    state, _ = jax.lax.scan(body, (w, jnp.zeros_like(w)), (x_batches, y_batches), unroll=4)
    return state[0]
