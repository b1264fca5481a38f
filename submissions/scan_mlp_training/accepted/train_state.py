"""A train state with a step count and the learning rate; metrics are put out at every step."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass
class TrainState:
    params: dict
    lr: jax.Array
    step: jax.Array

    def apply_gradients(self, grads):
        params = jax.tree.map(lambda p, g: p - self.lr * g, self.params, grads)
        return TrainState(params, self.lr, self.step + 1)


def train_step(state, batch):
    def loss(params):
        hidden = jnp.tanh(batch["x"] @ params["W1"] + params["b1"])
        predictions = hidden @ params["W2"] + params["b2"]
        return jnp.mean((predictions - batch["y"]) ** 2), predictions

    (value, predictions), grads = jax.value_and_grad(loss, has_aux=True)(state.params)
    return state.apply_gradients(grads), {"loss": value, "mean": predictions.mean()}


def train_mlp(params, lr, x_batches, y_batches):
    start = TrainState(params, lr, jnp.zeros((), jnp.int32))
    state, metrics = jax.lax.scan(train_step, start, {"x": x_batches, "y": y_batches})
    return state.params
