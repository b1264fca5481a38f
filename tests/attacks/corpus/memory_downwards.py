"""Take memory that grows downwards, which some limits do not count."""
# expect: accepted
# then: honest
# levels: strict, basic

import ctypes
import mmap

kept = []
size = 64 << 20
try:
    while len(kept) < 16:
        kept.append(mmap.mmap(-1, size, 0x122, 3))
        kept[-1][::4096] = bytes(size // 4096)
except (OSError, MemoryError, ValueError) as error:
    print("refused:", error)
if len(kept) > 9:
    print("GOT", len(kept) * size)
del kept
