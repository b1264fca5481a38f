"""Make memory and queues that others can reach."""
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


from multiprocessing import shared_memory

call("shmget", 29, 194, 4242, 4096, 0o1777)
call("semget", 64, 190, 4242, 1, 0o1777)
call("msgget", 68, 186, 4242, 0o1777)
call("mq_open", 240, 180, b"queue", 0o102, 0o777, 0)
try:
    shared_memory.SharedMemory("jaxjudge-attack", create=True, size=4096)
    print("GOT shared memory")
except OSError as error:
    print("refused:", error)
