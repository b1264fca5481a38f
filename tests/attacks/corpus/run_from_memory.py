"""Write a program into memory and run it."""
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


number = {"x86_64": 319, "aarch64": 279}[platform.machine()]
memory = LIBC.syscall(number, b"program", 0)
print("GOT memfd_create" if memory >= 0 else "refused: memfd_create")
call("memfd_secret", 447, 447, 0)
program = b"\x7fELF" + bytes(100)
try:
    path = "./program"
    with open(path, "wb") as file:
        file.write(program)
    os.chmod(path, 0o700)
except OSError as error:
    print("refused:", error)
try:
    os.execv("./program", ["program"])
except OSError as error:
    print("refused:", error)
