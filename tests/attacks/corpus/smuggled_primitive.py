"""Enter a primitive of its own among those the judge knows by identity."""
# expect: runtime_error

import gc

import jax
from jax.extend.core import Primitive

mine = Primitive("scan")
mine.def_abstract_eval(lambda w, *rest: w)
real = jax.extend.core.primitives.scan_p
for known in gc.get_objects():
    if type(known) is dict and known.get(id(real)) == "scan":
        known[id(mine)] = "scan"
import sys

frame = sys._getframe()
while frame:
    for known in frame.f_locals.values():
        if type(known) is dict and known.get(id(real)) == "scan":
            known[id(mine)] = "scan"
    frame = frame.f_back


def scan_training_step(w, lr, x_batches, y_batches):
    return mine.bind(w, lr, x_batches, y_batches)
