"""The loss has a custom_vjp with the derivative written by hand."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def loss(w, x, y):
    return jnp.sum((w * x - y) ** 2)


def loss_fwd(w, x, y):
    err = w * x - y
    return jnp.sum(err**2), (w, x, err)


def loss_bwd(saved, ct):
    w, x, err = saved
    return ct * 2.0 * jnp.sum(err * x), ct * 2.0 * err * w, -ct * 2.0 * err


loss.defvjp(loss_fwd, loss_bwd)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w
