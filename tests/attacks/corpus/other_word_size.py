"""Make system calls by the gate of 32-bit programs, which other numbers go through."""
# expect: runtime_error
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


import mmap

CODE = bytes.fromhex("b814000000cd80c3")  # mov eax, 20; int 0x80; ret
if platform.machine() != "x86_64":
    os._exit(1)
page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
page.write(CODE)
address = ctypes.addressof(ctypes.c_char.from_buffer(page))
print("GOT", ctypes.CFUNCTYPE(ctypes.c_int)(address)())
