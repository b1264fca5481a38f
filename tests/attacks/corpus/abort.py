"""Abort."""
# expect: runtime_error

import os

os.abort()
