"""Make system calls by the numbers of the x32 ABI."""
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


call("x32 getpid", 0x40000000 + 39, None)
call("x32 fork", 0x40000000 + 57, None)
call("x32 socket", 0x40000000 + 41, None, 2, 1, 0)
call("x32 execve", 0x40000000 + 520, None, b"/bin/true", 0, 0)
call("no such number", 9999, 9999)
