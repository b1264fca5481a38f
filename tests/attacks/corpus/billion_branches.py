"""Choose between branches that choose between branches, forty deep."""
# expect: memory_limit_exceeded, time_limit_exceeded, runtime_error
# wall: 8

import jax


def _choice(function):
    return jax.jit(lambda w: jax.lax.cond(w > 0, function, function, w))


_choose = jax.jit(lambda w: w + 1)
for _ in range(40):
    _choose = _choice(_choose)


def scan_training_step(w, lr, x_batches, y_batches):
    return _choose(w)
