"""Change how the machine restarts, its name, its clock and its modules."""
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


call("reboot", 169, 142, 0xFEE1DEAD, 672274793, 0, 0)
call("sethostname", 170, 161, b"attacked", 8)
call("setdomainname", 171, 162, b"attacked", 8)
call("settimeofday", 164, 170, 0, bytes(8))
call("adjtimex", 159, 171, bytes(208))
call("init_module", 175, 105, b"", 0, b"")
call("delete_module", 176, 106, b"none", 0)
call("kexec_load", 246, 104, 0, 0, 0, 0)
call("swapon", 167, 224, b"/none", 0)
call("acct", 163, 89, b"/none")
call("syslog", 103, 116, 3, bytes(16), 16)
call("quotactl", 179, 60, 0, b"/", 0, 0)
call("iopl", 172, None, 3)
call("vhangup", 153, 58)
