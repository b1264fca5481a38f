"""Mount, change its root, or leave the one it has."""
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


call("mount", 165, 40, b"none", b"/tmp", b"tmpfs", 0, 0)
call("umount2", 166, 39, b"/", 2)
call("chroot", 161, 51, b".")
call("pivot_root", 155, 41, b".", b".")
call("open_tree", 428, 428, -100, b"/", 1)
call("move_mount", 429, 429, -100, b"/", -100, b"/tmp", 0)
call("fsopen", 430, 430, b"tmpfs", 0)
call("mount_setattr", 442, 442, -100, b"/", 0, bytes(32), 32)
call("open_by_handle_at", 304, 265, -100, bytes(64), 0)
call("name_to_handle_at", 303, 264, -100, b"/", bytes(64), bytes(8), 0)
call("fchdir", 81, 50, 3)
for path in ("/proc/1/root/etc", "/proc/self/root/etc/passwd", "../" * 40 + "etc/passwd"):
    try:
        print("GOT", os.stat(path) and open(path).read())
    except OSError as error:
        print("refused:", path, error.strerror)
