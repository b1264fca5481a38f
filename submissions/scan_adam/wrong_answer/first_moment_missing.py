"""There is no first moment: the gradient of the step itself is used, as in RMSProp."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, v, t = carry
        x, y = batch
        t = t + 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        v = 0.999 * v + 0.001 * g**2
        return (w - lr * g / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8), v, t), None

    return jax.lax.scan(step, (w, 0.0, 0), (x_batches, y_batches))[0][0]
