"""Change installed packages."""
# expect: wrong_answer
# levels: strict, basic
# twice: yes

import os

import jax

for path in (jax.__file__, os.__file__, os.path.join(os.path.dirname(jax.__file__), "planted.py")):
    try:
        with open(path, "a") as file:
            print("GOT", path)
    except OSError as error:
        print("refused:", error.strerror)


def scan_training_step(w, lr, x_batches, y_batches):
    return w
