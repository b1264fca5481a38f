"""Leave a file for the next submission."""
# expect: wrong_answer
# twice: yes

import os

paths = [os.path.join(folder, "left") for folder in (".", "..", "/box", "/tmp", "/dev/shm", os.path.dirname(__file__))]
if not hasattr(os, "loaded_before"):
    for path in paths:
        if os.path.exists(path):
            print("GOT", path)
    for path in paths[:2] + paths[5:]:
        try:
            open(path, "w").write("before")
        except OSError:
            pass
os.loaded_before = True


def scan_training_step(w, lr, x_batches, y_batches):
    return w
