"""Send an accepted program's frames twice."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


import jax

jit = jax.jit
serve = __import__("sys").modules["harness.sandbox.child.serve"]
real = serve._trace_frame


def twice(*arguments):
    frame = real(*arguments)
    send(frame.header, frame.payload)
    return frame


serve._trace_frame = twice


def scan_training_step(w, lr, x_batches, y_batches):
    def body(w, batch):
        x, y = batch
        return w - 2 * lr * ((w * x - y) * x).sum(), None

    return jax.lax.scan(body, w, (x_batches, y_batches))[0]
