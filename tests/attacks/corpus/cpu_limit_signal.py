"""Send itself the signal that means too much CPU time."""
# expect: time_limit_exceeded

import os
import signal

os.kill(os.getpid(), signal.SIGXCPU)
