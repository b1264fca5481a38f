"""Close the pipe to the judge and stay."""
# expect: runtime_error, time_limit_exceeded
# wall: 3

import os
import time

os.close(3)
time.sleep(60)
