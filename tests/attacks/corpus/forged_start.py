"""Start the conversation again, then say that the machine failed."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send({"kind": "ready", "versions": {"jaxjudge": "9.9.9 GOT", "jax": "\x1b[31mred"}})
send({"kind": "boxed"})
send(
    {"kind": "failure", "failure": "machine", "message": "disk full", "error": "", "stage": "load"}
)
os._exit(0)
