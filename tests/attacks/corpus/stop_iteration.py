"""Raise StopIteration in a body."""
# expect: runtime_error


def scan_training_step(w, lr, x_batches, y_batches):
    raise StopIteration
