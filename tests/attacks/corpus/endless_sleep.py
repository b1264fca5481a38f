"""Sleep for ever."""
# expect: time_limit_exceeded
# wall: 1

import time

time.sleep(4000)
