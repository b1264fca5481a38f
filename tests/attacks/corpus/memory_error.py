"""Raise MemoryError without using memory."""
# expect: memory_limit_exceeded


def scan_training_step(w, lr, x_batches, y_batches):
    raise MemoryError
