"""Read files of the judge's user: home, temporary folder, problems, keys."""
# expect: accepted
# then: honest
# levels: strict, basic

import os

for path in (
    "@HOME_SECRET@",
    "@TMP_SECRET@",
    "@REFERENCE@",
    "@VICTIM@",
    "@PROBLEMS@",
    "/etc/passwd",
    "/etc/shadow",
    "/etc/hostname",
    "/root",
    "/home",
    "/var/log",
    "/tmp",
    "/sys",
):
    try:
        print("GOT", path, os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError as error:
        print("refused:", path, error.strerror)
