"""Raise its own limits."""
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


import resource

for name in ("DATA", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "STACK"):
    number = getattr(resource, "RLIMIT_" + name)
    try:
        resource.setrlimit(number, (-1, -1))
        print("GOT", name)
    except (OSError, ValueError) as error:
        print("refused:", error)
call("setrlimit", 160, 164, 2, b"\xff" * 16)
call("prlimit of the parent", 302, 261, os.getppid(), 9, bytes(16), 0)
