"""NumPy's add.accumulate is called on a traced vector."""

import numpy as np


def parallel_cumsum(x):
    return np.add.accumulate(x)
