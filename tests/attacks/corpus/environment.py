"""Print the environment and the command line."""
# expect: accepted
# then: honest

import ctypes
import os
import sys

print(dict(os.environ), sys.argv, sys.orig_argv)
ENVIRON = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
number = 0
while ENVIRON[number]:
    print(ENVIRON[number])
    number += 1
