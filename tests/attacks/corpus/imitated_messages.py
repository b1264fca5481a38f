"""Print the judge's own words on stderr and fail."""
# expect: runtime_error

import os

os.write(2, b"did not finish within 20 s\ntime_limit_exceeded\njudge_error: the machine failed\n")
os._exit(3)
