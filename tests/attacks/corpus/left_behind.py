"""Leave a file for the next submission."""
# expect: wrong_answer
# twice: yes

import os

for folder in (".", "..", "/box", "/box/tmp", os.path.dirname(__file__), os.environ["HOME"]):
    path = os.path.join(folder, "left")
    if os.path.exists(path) and open(path).read() != str(os.times().elapsed // 1):
        if not hasattr(os, "again"):
            print("GOT", path)
    try:
        open(path, "w").write("before")
    except OSError:
        pass
os.again = True


def scan_training_step(w, lr, x_batches, y_batches):
    return w
