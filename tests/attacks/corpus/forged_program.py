"""Send programs and results of its own making instead of the child's."""
# expect: wrong_answer

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


import sys

import jax

frame = sys._getframe()
while "request" not in frame.f_locals:
    frame = frame.f_back
request, here = frame.f_locals["request"], frame
while "traced" not in here.f_locals and here.f_back:
    here = here.f_back
serve = sys.modules["harness.sandbox.child.serve"]


def step(w, lr, xs, ys):
    return jax.lax.scan(lambda w, row: (w, None), w, (xs, ys))[0]


known = serve.dialect.known_primitives()
frames = []
for shape in request.shapes:
    frames.append(serve._trace_frame(serve._trace(step, request.forms, shape), 4, known, "", "trace"))
again = frames[0]
for one in frames:
    send(one.header, one.payload)
send({**again.header, "kind": "again"}, again.payload)
for batch, _, arrays in request.runs:
    send({"kind": "values", "batch": batch, "types": [["float32", [], False]]}, arrays[0].tobytes())
send({"kind": "device", "device": "cpu"})
send({"kind": "done"})
os._exit(0)
