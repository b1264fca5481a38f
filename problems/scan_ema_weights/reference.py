import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_ema(w, lr, decay, x_batches, y_batches):
    """The weight after one step per row, and the moving average of the weights."""

    def step(carry, batch):
        w, ema = carry
        w = w - lr * jax.grad(squared_error)(w, *batch)
        return (w, decay * ema + (1 - decay) * w), None

    return jax.lax.scan(step, (w, w), (x_batches, y_batches))[0]
