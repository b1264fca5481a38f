"""Replace lax.scan by a Python loop and call that."""
# expect: wrong_structure

import jax


def _scan(body, carry, xs, *rest, **more):
    for row in range(xs[0].shape[0]):
        carry, _ = body(carry, (xs[0][row], xs[1][row]))
    return carry, None


_scan.__name__ = "scan"
jax.lax.scan = _scan


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
