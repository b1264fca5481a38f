"""Exit once the programs are sent, before the compiled one runs."""
# expect: runtime_error
# then: honest

import os
import sys

if hasattr(sys, "seen"):
    os._exit(0)
sys.seen = True
