"""Have the kernel signal another process when a pipe is ready."""
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


read, write = os.pipe()
for victim in (os.getppid(), 1, int("@JUDGE_PID@")):
    refused("F_SETOWN", fcntl.fcntl, read, 8, victim)
    refused("F_SETSIG", fcntl.fcntl, read, 10, 9)
