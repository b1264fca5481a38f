"""Look for descriptors it should not have."""
# expect: accepted
# then: honest

import os
import stat

for number in range(4, 4096):
    try:
        print("GOT", number, oct(stat.S_IFMT(os.fstat(number).st_mode)))
    except OSError:
        pass
