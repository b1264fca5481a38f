"""Overwrite the arguments, so that the reference sees zeros too."""
# expect: runtime_error


def scan_training_step(w, lr, x_batches, y_batches):
    x_batches[...] = 0
    y_batches[...] = 0
    return w
