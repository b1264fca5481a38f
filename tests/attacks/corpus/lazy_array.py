"""Return an object that computes its value when the judge converts it to an array."""
# expect: runtime_error, wrong_answer

import sys

import numpy as np


class Lazy:
    def __array__(self, dtype=None, copy=None):
        frame = sys._getframe()
        while frame:
            for name in ("expected", "reference"):
                if name in frame.f_locals:
                    print("GOT", frame.f_locals[name])
            frame = frame.f_back
        return np.zeros(())


def scan_training_step(w, lr, x_batches, y_batches):
    return Lazy()
