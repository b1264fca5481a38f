"""NumPy's dot is called on traced values."""

import jax
import numpy as np


def per_example_grads(w, x, y):
    return jax.vmap(jax.grad(lambda w, x, y: (np.dot(x, w) - y) ** 2), (None, 0, 0))(w, x, y)
