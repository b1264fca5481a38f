import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_collect_losses(w, lr, x_batches, y_batches):
    """The weight after the last step, then the loss before each of the N steps."""

    def step(w, batch):
        loss, slope = jax.value_and_grad(squared_error)(w, *batch)
        return w - lr * slope, loss

    final_w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([final_w[None], losses])
