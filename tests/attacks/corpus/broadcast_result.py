"""Return the right number with one axis more."""
# expect: wrong_answer

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0][None]
