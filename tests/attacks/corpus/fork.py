"""Make another process."""
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



def fork():
    if os.fork() == 0:
        os._exit(0)


refused("fork", fork)
refused("forkpty", os.forkpty)
