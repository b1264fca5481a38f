"""Do the right thing for small shapes only."""
# expect: wrong_answer

import jax


def _right(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]


def scan_training_step(w, lr, x_batches, y_batches):
    if x_batches.shape[0] <= 2:
        return _right(w, lr, x_batches, y_batches)
    return w
