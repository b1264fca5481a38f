"""Write to the judge from a thread, in between."""
# expect: runtime_error, wrong_answer

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


import threading
import time


def interrupt():
    while True:
        time.sleep(0.05)
        send({"kind": "done"})


threading.Thread(target=interrupt, daemon=True).start()


def scan_training_step(w, lr, x_batches, y_batches):
    return w
