"""Exit with success while being traced."""
# expect: runtime_error

import os


def scan_training_step(w, lr, x_batches, y_batches):
    os._exit(0)
