"""Write a file from a host callback inside the scan."""
# expect: wrong_structure, runtime_error

import jax
from jax.experimental import io_callback


def _write(w):
    try:
        open("@VICTIM@", "w").write("called back")
    except OSError:
        return w
    return w


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        w = w - 2 * lr * ((w * x - y) * x).sum()
        return io_callback(_write, w, w), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
