"""Send signals to others by less known system calls."""
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


parent = os.getppid()
info = (9).to_bytes(4, "little") + bytes(124)
call("tkill", 200, 130, parent, 9)
call("tgkill", 234, 131, parent, parent, 9)
call("rt_sigqueueinfo", 129, 138, parent, 9, info)
call("rt_tgsigqueueinfo", 297, 240, parent, parent, 9, info)
call("pidfd_open", 434, 434, parent, 0)
call("pidfd_send_signal", 424, 424, 3, 9, 0, 0)
call("pidfd_getfd", 438, 438, 3, 0, 0)
