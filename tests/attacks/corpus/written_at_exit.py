"""Write to the judge when the interpreter ends."""
# expect: wrong_answer

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


import atexit
import sys

atexit.register(lambda: send({"kind": "done"}))
sys.exitfunc = lambda: send({"kind": "done"})


def scan_training_step(w, lr, x_batches, y_batches):
    return w
