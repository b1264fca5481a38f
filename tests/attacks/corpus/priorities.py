"""Change priorities and processors, its own and those of others."""
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


for victim in (os.getppid(), 1, int("@JUDGE_PID@")):
    call("setpriority", 141, 140, 0, victim, 19)
    call("sched_setaffinity", 203, 122, victim, 8, b"\x01" + bytes(7))
    call("sched_setscheduler", 144, 119, victim, 0, bytes(8))
    call("ioprio_set", 251, 30, 1, victim, 0)
    call("sched_setattr", 314, 274, victim, bytes(48), 0)
