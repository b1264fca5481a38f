"""Install hooks that run code in whatever Python does next."""
# expect: runtime_error, wrong_answer, time_limit_exceeded
# wall: 5

import os
import sys

sys.setprofile(lambda *a: os._exit(0) if a[0].f_code.co_name == "_failure" else None)
sys.excepthook = lambda *a: os._exit(0)
sys.unraisablehook = sys.excepthook
sys.addaudithook(lambda name, arguments: os._exit(0) if name == "os.dup2" else None)


def scan_training_step(w, lr, x_batches, y_batches):
    return w
