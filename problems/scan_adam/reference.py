import jax
import jax.numpy as jnp


def squared_error(w, x, y):
    """Sum of squared errors of the prediction `w * x` over one microbatch."""
    return jnp.sum((w * x - y) ** 2)


BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def scan_adam(w, lr, x_batches, y_batches):
    """The weight after one Adam step per row."""

    def step(carry, batch):
        w, m, v, t = carry
        slope = jax.grad(squared_error)(w, *batch)
        t = t + 1
        m = BETA1 * m + (1 - BETA1) * slope
        v = BETA2 * v + (1 - BETA2) * slope**2
        m_hat = m / (1 - BETA1**t)
        v_hat = v / (1 - BETA2**t)
        return (w - lr * m_hat / (jnp.sqrt(v_hat) + EPSILON), m, v, t), None

    zero = jnp.zeros_like(w)
    return jax.lax.scan(step, (w, zero, zero, zero), (x_batches, y_batches))[0][0]
