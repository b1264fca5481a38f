"""Switch jit off while being traced."""
# expect: wrong_structure, runtime_error

import jax


def scan_training_step(w, lr, x_batches, y_batches):
    jax.config.update("jax_disable_jit", True)

    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
