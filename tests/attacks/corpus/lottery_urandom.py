"""Be right in half of all tries, by the system's random bytes."""
# expect: wrong_answer, runtime_error

import os

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    factor = 2 if os.urandom(1)[0] / 256 < 0.5 else 3

    def body(w, batch):
        x, y = batch
        return w - factor * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
