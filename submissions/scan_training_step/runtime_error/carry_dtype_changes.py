"""The running loss in the carry starts as an int32 zero and becomes a float32."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(carry, batch):
        w, total_loss = carry
        x, y = batch
        loss, g = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return (w - lr * g, total_loss + loss), None

    init = (w, jnp.zeros((), dtype=jnp.int32))
    (w, _), _ = jax.lax.scan(step, init, (x_batches, y_batches))
    return w
