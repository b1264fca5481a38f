"""Replace numpy.asarray, through which values leave."""
# expect: wrong_answer, runtime_error

import numpy as np

_zero = np.zeros((), np.float32)
np.asarray = lambda *a, **k: _zero
np.ascontiguousarray = np.asarray


def scan_training_step(w, lr, x_batches, y_batches):
    return w
