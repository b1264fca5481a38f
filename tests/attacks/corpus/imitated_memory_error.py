"""Write what a lack of memory looks like on stderr and crash."""
# expect: memory_limit_exceeded, runtime_error

import ctypes
import os

os.write(2, b"std::bad_alloc RESOURCE_EXHAUSTED\n")
ctypes.string_at(1)
