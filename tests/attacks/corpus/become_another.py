"""Become another user."""
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


call("setuid", 105, 146, 0)
call("setgid", 106, 144, 0)
call("setreuid", 113, 145, 0, 0)
call("setresuid", 117, 147, 0, 0, 0)
call("setgroups", 116, 159, 0, bytes(4))
call("setfsuid", 122, 151, 0) if False else None
call("capset", 126, 91, bytes(8), bytes(24))
