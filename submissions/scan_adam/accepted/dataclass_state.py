"""A registered dataclass holds the optimizer's state beside the weight; losses are put out."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class Adam:
    m: jax.Array
    v: jax.Array
    count: jax.Array

    def update(self, g, b1=0.9, b2=0.999, eps=1e-8):
        count = self.count + 1
        m = b1 * self.m + (1 - b1) * g
        v = b2 * self.v + (1 - b2) * jnp.square(g)
        direction = (m / (1 - b1**count)) / (jnp.sqrt(v / (1 - b2**count)) + eps)
        return direction, Adam(m, v, count)


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, state = carry
        loss, g = jax.value_and_grad(lambda u, x, y: jnp.sum((u * x - y) ** 2))(w, *batch)
        direction, state = state.update(g)
        return (w - lr * direction, state), loss

    state = Adam(jnp.zeros_like(w), jnp.zeros_like(w), jnp.zeros((), jnp.int32))
    (w, _), losses = jax.lax.scan(step, (w, state), (x_batches, y_batches))
    return w
