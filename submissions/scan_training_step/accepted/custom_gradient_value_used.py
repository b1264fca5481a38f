"""A custom_vjp prediction whose value and derivative are both used in the step."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def predict(w, x):
    return w * x


def forward(w, x):
    return w * x, (w, x)


def backward(saved, ct):
    w, x = saved
    return jnp.vdot(ct, x), ct * w


predict.defvjp(forward, backward)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        residual, pull = jax.vjp(lambda v: predict(v, x) - y, w)
        (g,) = pull(2.0 * residual)
        return w - lr * g, None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]
