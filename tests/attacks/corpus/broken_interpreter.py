"""Break the interpreter's own objects."""
# expect: runtime_error

import ctypes

for name in (0, None, (), '', True):
    ctypes.memset(id(name), 0xFF, 16)
