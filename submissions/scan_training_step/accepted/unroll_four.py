"""The scan is partly unrolled with unroll=4."""

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    def f(w, xy):
        x, y = xy
        return w - lr * 2 * (x * (w * x - y)).sum(), None

    w, _ = jax.lax.scan(f, w, (x_batches, y_batches), unroll=4)
    return w
