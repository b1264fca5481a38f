"""Jump to an address where there is no code."""
# expect: runtime_error

import ctypes

ctypes.CFUNCTYPE(None)(0x1234)()
