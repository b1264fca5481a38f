"""A registered dataclass of weight and rate is the carry; the outputs are a dict of metrics."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class State:
    w: jax.Array
    lr: jax.Array

    def updated(self, gradient):
        return State(self.w - self.lr * gradient, self.lr)


def step(state, batch):
    err = state.w * batch["x"] - batch["y"]
    metrics = {"loss": (err**2).sum(), "gradient": 2 * (err * batch["x"]).sum()}
    return state.updated(metrics["gradient"]), metrics


def scan_collect_losses(w, lr, x_batches, y_batches):
    xs = {"x": x_batches, "y": y_batches}
    state, metrics = jax.lax.scan(step, State(w, lr), xs)
    return jnp.concatenate([state.w[jnp.newaxis], metrics["loss"]])
