"""value_and_grad is unpacked in the wrong order: the loss moves the weight, the gradient is recorded.

It returns (loss, gradient), the value first.
"""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        grad, loss = jax.value_and_grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w - lr * grad, loss

    last, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([last[None], losses])
