"""Replace every function that compares arrays."""
# expect: wrong_answer

import math
import sys

import numpy as np

for owner in (np, np.testing, math):
    for name in (
        "allclose",
        "isclose",
        "array_equal",
        "assert_allclose",
        "assert_array_equal",
        "isfinite",
    ):
        if hasattr(owner, name):
            setattr(owner, name, lambda *a, **k: True)
for name, module in list(sys.modules.items()):
    if name.startswith(("graders.", "harness.")):
        for function in ("close", "compare", "compare_type", "fold"):
            if hasattr(module, function):
                setattr(module, function, lambda *a, **k: True)


def scan_training_step(w, lr, x_batches, y_batches):
    return w
