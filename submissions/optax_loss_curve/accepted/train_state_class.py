"""A train state as in flax: parameters, optimizer state and step count in a pytree class."""

from dataclasses import dataclass, field, replace

import jax
import jax.numpy as jnp
import optax


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class TrainState:
    params: jax.Array
    opt_state: optax.OptState
    step: jax.Array
    tx: optax.GradientTransformation = field(metadata={"static": True})

    @classmethod
    def create(cls, params, tx):
        return cls(params, tx.init(params), jnp.zeros((), jnp.int32), tx)

    def apply_gradients(self, grads):
        updates, opt_state = self.tx.update(grads, self.opt_state, self.params)
        params = optax.apply_updates(self.params, updates)
        return replace(self, params=params, opt_state=opt_state, step=self.step + 1)


def train_step(state, batch):
    x, y = batch
    loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(state.params)
    return state.apply_gradients(grads), loss


def loss_curve(w0, x_batches, y_batches, lr):
    state = TrainState.create(w0, optax.sgd(lr))
    state, losses = jax.lax.scan(train_step, state, (x_batches, y_batches))
    return losses
