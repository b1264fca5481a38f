"""Call functions that call functions twice, forty deep."""
# expect: memory_limit_exceeded

import jax


def _twice(function):
    return jax.jit(lambda w: function(function(w)))


_laugh = jax.jit(lambda w: w + 1)
for _ in range(40):
    _laugh = _twice(_laugh)


def scan_training_step(w, lr, x_batches, y_batches):
    return _laugh(w)
