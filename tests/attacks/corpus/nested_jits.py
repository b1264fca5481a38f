"""Nest two hundred jitted functions."""
# expect: runtime_error, wrong_answer, wrong_structure

import jax


def _nest(depth):
    if depth == 0:
        return lambda w: w
    inner = _nest(depth - 1)
    return jax.jit(lambda w: inner(w + 1))


def scan_training_step(w, lr, x_batches, y_batches):
    return _nest(200)(w)
