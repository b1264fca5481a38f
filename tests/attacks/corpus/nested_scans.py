"""Nest seventy scans."""
# expect: runtime_error, wrong_answer, wrong_structure, time_limit_exceeded
# wall: 8

import jax


def _nest(depth):
    if depth == 0:
        return lambda w: w + 1
    inner = _nest(depth - 1)
    return lambda w: jax.lax.scan(lambda c, _: (inner(c), None), w, None, length=2)[0]


def scan_training_step(w, lr, x_batches, y_batches):
    return _nest(70)(w)
