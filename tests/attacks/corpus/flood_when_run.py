"""Print without end when compiled, after what is kept has been taken."""
# expect: output_limit_exceeded, time_limit_exceeded, runtime_error
# wall: 2

import sys

if hasattr(sys, 'second'):
    while True:
        print('x' * 10_000)
sys.second = True


def scan_training_step(w, lr, x_batches, y_batches):
    import jax

    return jax.lax.scan(lambda w, row: (w, None), w, (x_batches, y_batches))[0]
