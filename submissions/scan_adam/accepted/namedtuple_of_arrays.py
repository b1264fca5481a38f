"""A named tuple is the carry, and every value in it has shape (1,)."""

from collections import namedtuple

import jax
import jax.numpy as jnp

State = namedtuple("State", "w m v t")


def scan_adam(w, lr, x_batches, y_batches):
    def step(s, batch):
        x, y = batch
        g = jax.vmap(jax.grad(lambda u: jnp.sum((u * x - y) ** 2)))(s.w)
        t = s.t + 1
        m = 0.9 * s.m + 0.1 * g
        v = 0.999 * s.v + 0.001 * g**2
        change = lr * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return State(s.w - change, m, v, t), None

    zeros = jnp.zeros(1)
    end, _ = jax.lax.scan(step, State(w[None], zeros, zeros, zeros), (x_batches, y_batches))
    return end.w.squeeze()
