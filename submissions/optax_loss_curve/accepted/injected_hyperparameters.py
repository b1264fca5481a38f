"""The learning rate is a hyperparameter in the optimizer's state, by inject_hyperparams."""

import jax
import jax.numpy as jnp
import optax


@jax.jit
def loss_curve(w0, x_batches, y_batches, lr):
    tx = optax.inject_hyperparams(optax.sgd)(learning_rate=lr)

    def step(carry, batch):
        w, opt_state = carry
        x, y = batch
        loss, grads = jax.value_and_grad(lambda w: jnp.sum(optax.squared_error(w * x, y)))(w)
        updates, opt_state = tx.update(grads, opt_state, w)
        return (optax.apply_updates(w, updates), opt_state), loss

    return jax.lax.scan(step, (w0, tx.init(w0)), (x_batches, y_batches))[1]
