"""The right gradient, reached by ten billion steps of a fixed-point iteration."""

import jax
import jax.numpy as jnp
from jax import lax

INNER = 100_000
OUTER = 100_000


def relax(target):
    """Halve the distance to the target again and again."""

    def once(g, _):
        return g + 0.5 * (target - g), None

    def many(g, _):
        return lax.scan(once, g, None, length=INNER)[0], None

    return lax.scan(many, jnp.zeros_like(target), None, length=OUTER)[0]


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * relax(g), None

    w, _ = lax.scan(step, w, (x_batches, y_batches))
    return w
