"""Make a process that leaves the session and stays."""
# expect: accepted
# then: honest
# levels: strict, basic

import os
import time


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)



def leave():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)


refused("fork", leave)
refused("setsid", os.setsid)
refused("setpgid", os.setpgid, 0, 0)
