"""Exit with success while being loaded."""
# expect: runtime_error

import sys

sys.exit(0)
