"""Be right, then never end."""
# expect: time_limit_exceeded
# wall: 2

import atexit
import sys
import time

if hasattr(sys, 'second'):
    time.sleep(60)
sys.second = True


def scan_training_step(w, lr, x_batches, y_batches):
    import jax

    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
