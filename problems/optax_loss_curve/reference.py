import jax
import jax.numpy as jnp
import optax


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def loss_curve(w0, x_batches, y_batches, lr):
    """The loss before each of the N steps."""
    optimizer = optax.sgd(lr)

    def step(carry, batch):
        w, state = carry
        loss, slope = jax.value_and_grad(squared_error)(w, *batch)
        updates, state = optimizer.update(slope, state, w)
        return (optax.apply_updates(w, updates), state), loss

    return jax.lax.scan(step, (w0, optimizer.init(w0)), (x_batches, y_batches))[1]
