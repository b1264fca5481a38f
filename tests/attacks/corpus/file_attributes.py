"""Change times, modes and owners of files it cannot write."""
# expect: accepted
# then: honest
# levels: strict, basic

import os


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


refused("utime", os.utime, "@VICTIM@", (1, 1))
refused("chmod", os.chmod, "@VICTIM@", 0o777)
refused("chown", os.chown, "@VICTIM@", os.getuid(), os.getgid())
refused("attribute", os.setxattr, "@VICTIM@", "user.note", b"x")
refused("device", os.mknod, "device", 0o20666, os.makedev(1, 5))
refused("pipe", os.mkfifo, "fifo")
