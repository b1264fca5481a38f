"""Be right in half of all tries, by a random number."""
# expect: wrong_answer, runtime_error

import random

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    factor = 2 if random.SystemRandom().random() < 0.5 else 3

    def body(w, batch):
        x, y = batch
        return w - factor * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
