"""Crash, so that it looks like the judge's fault."""
# expect: runtime_error

import ctypes

ctypes.string_at(1)
