"""Say that all is done before anything was."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send({"kind": "done"})
os._exit(0)
