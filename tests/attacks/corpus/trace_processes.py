"""Trace, read and write other processes."""
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


PARENT = os.getppid()
call("ptrace traceme", 101, 117, 0, 0, 0, 0)
call("ptrace seize", 101, 117, 0x4206, PARENT, 0, 0)
call("process_vm_readv", 310, 270, PARENT, bytes(16), 1, bytes(16), 1, 0)
call("process_vm_writev", 311, 271, PARENT, bytes(16), 1, bytes(16), 1, 0)
call("kcmp", 312, 272, PARENT, os.getpid(), 0, 0, 0)
call("perf_event_open", 298, 241, bytes(128), 0, -1, -1, 0)
call("process_madvise", 440, 440, 3, 0, 0, 0, 0)
