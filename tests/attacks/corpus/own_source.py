"""Change its own file before it is loaded again."""
# expect: runtime_error, wrong_answer
# twice: yes

import os

try:
    os.chmod(__file__, 0o700)
except OSError:
    pass
try:
    open(__file__, "w").write("raise SystemExit")
except OSError:
    pass


def scan_training_step(w, lr, x_batches, y_batches):
    return w
