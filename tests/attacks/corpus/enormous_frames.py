"""Send the largest frames there can be, one after another."""
# expect: runtime_error, time_limit_exceeded, memory_limit_exceeded
# wall: 2

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


while True:
    send({"kind": "device", "device": "cpu"}, bytes(32 << 20))
