"""Send half a frame and wait."""
# expect: time_limit_exceeded
# wall: 1

import os
import time

os.write(3, b"\x00\x00\x01\x00\x00\x00\x00\x00{")
time.sleep(60)
