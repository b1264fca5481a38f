"""Replace the builtins the child itself uses."""
# expect: runtime_error, wrong_answer

import builtins

builtins.isinstance = lambda *a: True
builtins.len = lambda *a: 4
builtins.str = lambda *a: "scan"


def scan_training_step(w, lr, x_batches, y_batches):
    return w
