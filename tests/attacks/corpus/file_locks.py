"""Pass messages by locks and leases on files that others see."""
# expect: accepted
# then: honest
# levels: strict, basic

import fcntl
import os


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


number = os.open(os.__file__, os.O_RDONLY)
refused("flock", fcntl.flock, number, fcntl.LOCK_SH | fcntl.LOCK_NB)
refused("lock", fcntl.lockf, number, fcntl.LOCK_SH | fcntl.LOCK_NB)
refused("lease", fcntl.fcntl, number, 1024, 0)
refused("larger pipe", fcntl.fcntl, 1, 1031, 1 << 20)
