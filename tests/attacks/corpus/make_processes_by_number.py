"""Make processes by the numbers of system calls."""
# expect: accepted
# then: honest
# levels: strict, basic

import ctypes
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)


def call(what, x86_64, aarch64, *arguments):
    number = {"x86_64": x86_64, "aarch64": aarch64}[platform.machine()]
    arguments = [value if isinstance(value, bytes) else ctypes.c_long(value) for value in arguments]
    if number is not None and LIBC.syscall(ctypes.c_long(number), *arguments) >= 0:
        print("GOT", what)
    elif number is not None:
        print("refused:", what, os.strerror(ctypes.get_errno()))


call("clone", 56, 220, 17, 0, 0, 0, 0)
call("fork", 57, None)
call("vfork", 58, None)
call("clone3", 435, 435, (17).to_bytes(8, "little") + bytes(80), 88)
call("execveat", 322, 281, -100, b"/bin/true", 0, 0, 0)
call("clone in a user namespace", 56, 220, 0x10000000 | 17, 0, 0, 0, 0)
