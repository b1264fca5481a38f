"""Carry two hundred megabytes of constants in the program."""
# expect: runtime_error, memory_limit_exceeded
# wall: 10

import numpy as np

TABLE = np.ones((50_000_000,), np.float32)


def scan_training_step(w, lr, x_batches, y_batches):
    return w + TABLE[:: x_batches.shape[0]].sum() + (lr * TABLE).sum()
