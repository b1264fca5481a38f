"""Replace jax.jit, by which the judge traces, by something that lies."""
# expect: runtime_error

import jax


class Liar:
    def __init__(self, function, **kw):
        pass

    def trace(self, *types):
        return self

    def lower(self, *types):
        return self

    compile = lower

    def __call__(self, *arguments):
        return arguments[0]

    @property
    def jaxpr(self):
        return "{ lambda ; scan }"

    out_info = ()


jax.jit = Liar


def scan_training_step(w, lr, x_batches, y_batches):
    return w
