"""The product with a triangular matrix that NumPy has made."""

import jax.numpy as jnp
import numpy as np


def parallel_cumsum(x):
    table = np.tril(np.ones((x.size, x.size), np.float32))
    return jnp.dot(jnp.asarray(table), x)
