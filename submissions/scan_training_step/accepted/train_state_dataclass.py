"""A training state like those of the neural-network libraries, with parameters and step count."""

import functools
from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp
from jax import lax


@functools.partial(
    jax.tree_util.register_dataclass, data_fields=["params", "step"], meta_fields=["tx"]
)
@dataclass(frozen=True)
class TrainState:
    params: dict
    step: jax.Array
    tx: str = "sgd"

    def apply_gradients(self, grads, lr):
        new = jax.tree.map(lambda p, g: p - lr * g, self.params, grads)
        return replace(self, params=new, step=self.step + 1)


def scan_training_step(w, lr, x_batches, y_batches):
    def loss_fn(params, x, y):
        return jnp.sum((params["w"] * x - y) ** 2)

    def train_step(state, batch):
        loss, grads = jax.value_and_grad(loss_fn)(state.params, *batch)
        return state.apply_gradients(grads, lr), {"loss": loss, "step": state.step}

    state = TrainState({"w": w}, jnp.zeros((), jnp.int32))
    state, metrics = lax.scan(train_step, state, (x_batches, y_batches))
    return state.params["w"]
