"""Let other processes burn the time while it sleeps."""
# expect: time_limit_exceeded, runtime_error
# wall: 1

import os
import time

for _ in range(4):
    if os.fork() == 0:
        while True:
            pass
time.sleep(60)
