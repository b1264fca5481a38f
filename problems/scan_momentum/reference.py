"""Heavy-ball momentum as one `lax.scan`: weight and velocity are carried together."""

import jax
import jax.numpy as jnp

Carry = tuple[jax.Array, jax.Array]


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_momentum(
    w: jax.Array, lr: jax.Array, beta: jax.Array, x_batches: jax.Array, y_batches: jax.Array
) -> jax.Array:
    """The weight after one heavy-ball step per row of the two (N, B) arrays."""

    def step(carry: Carry, batch: tuple[jax.Array, jax.Array]) -> tuple[Carry, None]:
        w, velocity = carry
        x, y = batch
        velocity = beta * velocity + jax.grad(squared_error)(w, x, y)
        return (w - lr * velocity, velocity), None

    start = (w, jnp.zeros_like(w))
    (final_w, _), _ = jax.lax.scan(step, start, (x_batches, y_batches))
    return final_w
