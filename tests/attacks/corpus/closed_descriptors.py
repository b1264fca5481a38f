"""Close every descriptor there is."""
# expect: runtime_error
# then: honest

import os

os.closerange(0, 256)
