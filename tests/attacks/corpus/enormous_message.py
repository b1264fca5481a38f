"""Raise an error with a message of a hundred megabytes."""
# expect: runtime_error, memory_limit_exceeded


def scan_training_step(w, lr, x_batches, y_batches):
    raise ValueError("x" * 100_000_000)
