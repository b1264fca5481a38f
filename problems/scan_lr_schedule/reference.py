import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    """The weight after one gradient step per row, each with its own learning rate."""

    def step(w, row):
        lr, x, y = row
        return w - lr * jax.grad(squared_error)(w, x, y), None

    return jax.lax.scan(step, w, (lrs, x_batches, y_batches))[0]
