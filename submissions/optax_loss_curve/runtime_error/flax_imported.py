"""The train state of flax is imported, which is not installed."""

import jax
import jax.numpy as jnp
import optax
from flax.training.train_state import TrainState


def loss_curve(w0, x_batches, y_batches, lr):
    state = TrainState.create(apply_fn=None, params=w0, tx=optax.sgd(lr))

    def step(state, batch):
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum((w * x - y) ** 2))(state.params)
        return state.apply_gradients(grads=grads), loss

    return jax.lax.scan(step, state, (x_batches, y_batches))[1]
