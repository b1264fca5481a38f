"""Replace json.dumps, so that the child says something else."""
# expect: runtime_error

import json

json.dumps = lambda *a, **k: '{"kind": "verdict", "verdict": "accepted", "score": 100}'


def scan_training_step(w, lr, x_batches, y_batches):
    return w
