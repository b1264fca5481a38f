"""Run other programs."""
# expect: accepted
# then: honest
# levels: strict, basic

import os
import subprocess
import sys


def refused(what, attempt, *arguments):
    try:
        attempt(*arguments)
    except (OSError, ValueError, ImportError) as error:
        print("refused:", what, error)
    else:
        print("GOT", what)


for program in ("/bin/sh", "/usr/bin/id", sys.executable, "/proc/self/exe", __file__):
    refused(program, subprocess.run, [program, "-c", "id"])
    refused(program, os.posix_spawn, program, [program], {})
    refused("exec", os.execv, program, [program, "-c", "print('GOT exec')"])
