"""Return an empty tuple, which has no leaves to compare."""
# expect: wrong_answer


def scan_training_step(w, lr, x_batches, y_batches):
    return ()
