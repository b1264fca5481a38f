"""Send frames that say nothing, for ever."""
# expect: time_limit_exceeded, runtime_error
# wall: 1

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


while True:
    send({"kind": "device", "device": "cpu" * 1000})
