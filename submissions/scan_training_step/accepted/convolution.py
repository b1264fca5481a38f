"""The gradient is a convolution of the errors with x, of a single valid position."""

from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, b):
        x, y = b
        e = w * x - y
        g = 2 * lax.conv_general_dilated(e[None, None], x[None, None], (1,), "VALID")[0, 0, 0]
        return w - lr * g, None

    return lax.scan(body, w, (x_batches, y_batches))[0]
