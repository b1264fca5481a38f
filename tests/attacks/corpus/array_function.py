"""Return an array subclass that answers every comparison itself."""
# expect: runtime_error, wrong_answer

import numpy as np


class Agreeable(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, function, method, *inputs, **kwargs):
        return True


def scan_training_step(w, lr, x_batches, y_batches):
    return np.zeros((), np.float32).view(Agreeable)
