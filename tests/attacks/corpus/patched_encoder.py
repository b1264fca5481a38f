"""Replace the functions by which the child writes down the program."""
# expect: runtime_error

import sys

for name, module in list(sys.modules.items()):
    if name.startswith(("graders.", "harness.")):
        for function in ("encode", "encode_tree", "pack_arrays"):
            if hasattr(module, function):
                setattr(module, function, lambda *a, **k: b"accepted")


def scan_training_step(w, lr, x_batches, y_batches):
    return w
