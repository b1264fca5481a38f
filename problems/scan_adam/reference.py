"""Adam as one `lax.scan`: the weight, both moments and the step count are carried together."""

import jax
import jax.numpy as jnp
import numpy as np

Carry = tuple[jax.Array, jax.Array, jax.Array, jax.Array]

# As float32, so that what a moment is averaged with and what corrects it come from one number.
BETA1, BETA2 = np.float32(0.9), np.float32(0.999)
EPSILON = 1e-8


def squared_error(w: jax.Array, x: jax.Array, y: jax.Array) -> jax.Array:
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


def scan_adam(w: jax.Array, lr: jax.Array, x_batches: jax.Array, y_batches: jax.Array) -> jax.Array:
    """The weight after one Adam step per row of the two (N, B) arrays."""

    def step(carry: Carry, batch: tuple[jax.Array, jax.Array]) -> tuple[Carry, None]:
        w, m, v, t = carry
        x, y = batch
        slope = jax.grad(squared_error)(w, x, y)
        t = t + 1
        m = BETA1 * m + (1 - BETA1) * slope
        v = BETA2 * v + (1 - BETA2) * slope**2
        m_hat = m / (1 - BETA1**t)
        v_hat = v / (1 - BETA2**t)
        w = w - lr * m_hat / (jnp.sqrt(v_hat) + EPSILON)
        return (w, m, v, t), None

    zero = jnp.zeros_like(w)
    start = (w, zero, zero, jnp.int32(0))
    (final_w, _, _, _), _ = jax.lax.scan(step, start, (x_batches, y_batches))
    return final_w
