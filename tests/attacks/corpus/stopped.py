"""Stop itself by a signal."""
# expect: time_limit_exceeded
# wall: 1

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
