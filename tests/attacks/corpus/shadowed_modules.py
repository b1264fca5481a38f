"""Write modules that stand in for numpy, jax and json."""
# expect: wrong_answer, runtime_error
# twice: yes

import os
import sys

for folder in (os.getcwd(), os.path.dirname(__file__), os.path.expanduser("~")):
    for name in ("numpy", "jax", "json", "sitecustomize", "usercustomize", "graders", "harness"):
        try:
            with open(os.path.join(folder, name + ".py"), "w") as file:
                file.write("print('GOT loaded')\n")
        except OSError:
            pass
sys.path.insert(0, os.getcwd())


def scan_training_step(w, lr, x_batches, y_batches):
    return w
