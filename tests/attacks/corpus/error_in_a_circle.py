"""Raise exceptions that cause each other."""
# expect: runtime_error


def scan_training_step(w, lr, x_batches, y_batches):
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    raise first
