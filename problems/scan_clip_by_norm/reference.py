import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    """The weight after one step per row along the clipped gradient."""

    def step(w, batch):
        slope = jax.grad(squared_error)(w, *batch)
        return w - lr * jnp.clip(slope, -max_norm, max_norm), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
