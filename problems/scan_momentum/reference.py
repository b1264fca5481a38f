import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_momentum(w, lr, beta, x_batches, y_batches):
    """The weight after one heavy-ball step per row."""

    def step(carry, batch):
        w, velocity = carry
        velocity = beta * velocity + jax.grad(squared_error)(w, *batch)
        return (w - lr * velocity, velocity), None

    (final_w, _), _ = jax.lax.scan(step, (w, jnp.zeros_like(w)), (x_batches, y_batches))
    return final_w
