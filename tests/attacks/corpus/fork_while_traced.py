"""Answer from a forked copy, and go on in the other."""
# expect: runtime_error, wrong_answer
# levels: strict, basic

import os


def scan_training_step(w, lr, x_batches, y_batches):
    if os.fork() == 0:
        return w * 2
    return w
