"""Print a little for ever."""
# expect: time_limit_exceeded
# wall: 1

import time

while True:
    print('.', end='', flush=True)
    time.sleep(0.01)
