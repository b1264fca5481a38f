"""SGD by optax as one `lax.scan` that carries weight and state and puts out the losses."""

import jax
import jax.numpy as jnp
import optax

Carry = tuple[jax.Array, optax.OptState]


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def loss_curve(
    w0: jax.Array, x_batches: jax.Array, y_batches: jax.Array, lr: jax.Array
) -> jax.Array:
    """The loss before each of the N steps."""
    optimizer = optax.sgd(lr)

    def step(carry: Carry, batch: tuple[jax.Array, jax.Array]) -> tuple[Carry, jax.Array]:
        (w, state), (x, y) = carry, batch
        loss, grads = jax.value_and_grad(squared_error)(w, x, y)
        updates, state = optimizer.update(grads, state, w)
        return (optax.apply_updates(w, updates), state), loss

    _, losses = jax.lax.scan(step, (w0, optimizer.init(w0)), (x_batches, y_batches))
    return losses
