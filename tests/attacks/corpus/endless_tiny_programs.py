"""Send a program that is short to write and takes a hundred times its length to read."""
# expect: runtime_error

import json
import os
import struct


def send(header, payload=b""):
    head = json.dumps(header).encode()
    data = struct.pack(">II", len(head), len(payload)) + head + payload
    while data:
        data = data[os.write(3, data) :]


tiny = b'{"i":[0],"c":[],"e":[],"o":[0]}'
programs = b",".join([tiny] * (30_000_000 // len(tiny)))
text = b'{"version":1,"types":[["float32",[],false]],"root":0,"programs":[' + programs + b"]}"
send({"kind": "trace", "result": None}, len(text).to_bytes(4, "big") + text)
os._exit(0)
