"""Replace jax.make_jaxpr, by which a judge might look at the program."""
# expect: wrong_answer

import jax

_real = jax.make_jaxpr


def _shown(w, lr, x_batches, y_batches):
    return jax.lax.scan(lambda w, row: (w, None), w, (x_batches, y_batches))[0]


jax.make_jaxpr = lambda function, *a, **k: _real(_shown, *a, **k)


def scan_training_step(w, lr, x_batches, y_batches):
    return w
