"""The loss of each microbatch is built as a closure and negated twice on the way."""

import jax
import jax.numpy as jnp


def negative_log_likelihood(x, y):
    def of(w):
        return -jnp.sum(-((y - w * x) ** 2))

    return of


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        nll = negative_log_likelihood(*batch)
        ascent_direction = -jax.grad(nll)(w)
        return w + lr * ascent_direction, None

    w, _ = jax.lax.scan(body, w, (x_batches, y_batches))
    return w
