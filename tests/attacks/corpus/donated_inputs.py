"""Donate the arguments, so that the judge's arrays are deleted."""
# expect: accepted

import functools

import jax


@functools.partial(jax.jit, donate_argnums=(0, 2, 3))
def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
