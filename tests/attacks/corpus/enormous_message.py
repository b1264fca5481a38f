"""Raise an error with a message of twenty megabytes."""
# expect: runtime_error, memory_limit_exceeded

def scan_training_step(w, lr, x_batches, y_batches):
    raise ValueError('x' * 20_000_000)
