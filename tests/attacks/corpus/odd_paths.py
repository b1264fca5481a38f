"""Open paths that are empty, too long, or no text."""
# expect: accepted
# then: honest
# levels: strict, basic

import ctypes
import os


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


libc = ctypes.CDLL(None, use_errno=True)
print("GOT" if libc.open(None, 0) >= 0 else "refused: null")
for path in (b"", b"%s%s%n", b"\xff\xfe", b"x" * 4352, b"/" + b"a/" * 3000, b"/dev/fd/99"):
    refused(path[:20], os.open, path, os.O_RDONLY)
