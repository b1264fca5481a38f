"""Tell the judge other versions for its report."""
# expect: runtime_error
# then: honest

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


send({"kind": "ready", "versions": {"jaxjudge": "9.9.9 GOT", "jax": "\x1b[31mred"}})
