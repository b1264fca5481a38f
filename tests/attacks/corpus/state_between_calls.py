"""Behave well for the first shape only."""
# expect: wrong_answer, runtime_error

import jax

calls = []


def scan_training_step(w, lr, x_batches, y_batches):
    calls.append(1)
    if len(calls) > 1:
        return w

    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
