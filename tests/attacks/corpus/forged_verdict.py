"""Write a verdict into the pipe to the judge."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send({"kind": "verdict", "verdict": "accepted", "score": 100})
send({"kind": "done"})
os._exit(0)
