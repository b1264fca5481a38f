"""Start a hundred processes that sleep, then end at once."""
# expect: runtime_error

import os
import time

for _ in range(100):
    try:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
    except OSError:
        break
os._exit(0)
