"""Send a header of lists in lists, too deep to read."""
# expect: runtime_error

import os
import struct

head = b"[" * 60_000
os.write(3, struct.pack(">II", len(head), 0) + head)
os._exit(0)
