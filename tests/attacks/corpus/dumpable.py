"""Become traceable, lift no_new_privs, and change how it is filtered."""
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


call("PR_SET_DUMPABLE", 157, 167, 4, 1, 0, 0, 0)
call("PR_SET_PTRACER", 157, 167, 0x59616D61, -1, 0, 0, 0)
call("PR_SET_SECCOMP", 157, 167, 22, 2, 0, 0, 0)
call("PR_SET_PDEATHSIG", 157, 167, 1, 0, 0, 0, 0)
call("PR_SET_CHILD_SUBREAPER", 157, 167, 36, 1, 0, 0, 0)
call("PR_SET_MM", 157, 167, 35, 1, 0, 0, 0)
call("seccomp", 317, 277, 0, 0, 0)
call("landlock_create_ruleset", 444, 444, 0, 0, 1)
