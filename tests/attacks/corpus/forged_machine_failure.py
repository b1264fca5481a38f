"""Say that the machine failed, so that the attempt does not count."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send(
    {"kind": "failure", "failure": "machine", "message": "disk full", "error": "", "stage": "load"}
)
os._exit(0)
