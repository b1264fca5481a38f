"""Open devices."""
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


for name in ("full", "tty", "mem", "kmem", "kmsg", "ptmx", "pts/0", "fuse", "kvm", "vda", "sda", "loop-control", "shm/x",
             "net/tun", "vsock", "console", "log"):
    refused(name, os.open, "/dev/" + name, os.O_RDWR)
refused("pty", os.openpty)
refused("terminal", os.tcgetpgrp, 0)
