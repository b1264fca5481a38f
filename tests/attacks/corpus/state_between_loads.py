"""Behave differently when loaded for the second time."""
# expect: runtime_error

import sys

import jax

sys.loaded = getattr(sys, "loaded", 0) + 1


def scan_training_step(w, lr, x_batches, y_batches):
    factor = 2 if sys.loaded == 1 else 3

    def body(w, batch):
        x, y = batch
        return w - factor * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
