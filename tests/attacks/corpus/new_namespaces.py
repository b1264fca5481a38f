"""Make namespaces of its own, or enter those of others."""
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


for name, flag in (("user", 0x10000000), ("mount", 0x20000), ("pid", 0x20000000), ("net", 0x40000000), ("time", 0x80)):
    call(f"unshare {name}", 272, 97, flag)
    call(f"setns {name}", 308, 268, 0, flag)
    call(f"clone {name}", 56, 220, flag | 17, 0, 0, 0, 0)
