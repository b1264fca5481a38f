"""Announce a frame of four gigabytes."""
# expect: runtime_error

import os

os.write(3, b"\xff" * 8)
os._exit(0)
