"""Be a program of a hundred thousand operations."""
# expect: time_limit_exceeded, memory_limit_exceeded, wrong_structure, wrong_answer
# wall: 4


def scan_training_step(w, lr, x_batches, y_batches):
    for _ in range(100_000):
        w = w * lr
    return w
