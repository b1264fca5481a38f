"""Say that it failed in words of its own choice."""
# expect: runtime_error, invalid_submission

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send(
    {
        "kind": "failure",
        "failure": "syntax",
        "message": "\x1b[2J\u202e accepted 100/100 ::error::" + "x" * 100_000,
        "error": "A" * 9999,
        "stage": "run" * 99,
        "where": {"line": -5, "function": "\x00"},
        "dimensions": [["N", 10**30]],
    }
)
os._exit(0)
