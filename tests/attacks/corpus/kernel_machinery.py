"""Use io_uring, BPF, userfaultfd and other large parts of the kernel."""
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


call("io_uring_setup", 425, 425, 4, bytes(120))
call("io_uring_enter", 426, 426, 3, 0, 0, 0, 0)
call("bpf", 321, 280, 0, bytes(128), 128)
call("userfaultfd", 323, 282, 0)
call("inotify_init1", 294, 26, 0)
call("fanotify_init", 300, 262, 0, 0)
call("signalfd4", 289, 74, -1, bytes(8), 8, 0)
call("timerfd_create", 283, 85, 1, 0)
call("timer_create", 222, 107, 1, 0, bytes(8))
call("io_setup", 206, 0, 1, bytes(8))
call("personality", 135, 92, 0x0040000)
call("modify_ldt", 154, None, 0, bytes(16), 16)
call("arch_prctl", 158, None, 0x1012, 1)
call("mlockall", 151, 230, 2)
call("mbind", 237, 235, 0, 0, 0, 0, 0, 0)
call("lookup_dcookie", 212, 18, 0, bytes(8), 8)
call("pkey_alloc", 330, 289, 0, 0)
call("vmsplice", 278, 75, 1, 0, 0, 0)
call("splice", 275, 76, 0, 0, 1, 0, 1, 0)
call("copy_file_range", 326, 285, 0, 0, 1, 0, 1, 0)
call("sendfile", 40, 71, 1, 0, 0, 1)
