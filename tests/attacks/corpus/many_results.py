"""Return a hundred thousand leaves."""
# expect: wrong_answer, time_limit_exceeded, memory_limit_exceeded, runtime_error
# wall: 8


def scan_training_step(w, lr, x_batches, y_batches):
    return [w] * 100_000
