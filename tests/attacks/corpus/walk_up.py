"""Walk up from the working folder and list what is there."""
# expect: accepted
# then: honest
# levels: strict, basic

import os

for depth in range(10):
    folder = "../" * depth + "."
    for name in (
        "problems",
        "submissions",
        "etc",
        "root",
        "home",
        "proc",
        "sys",
        "var",
        "tmp/pytest-of-root",
    ):
        try:
            if os.listdir(os.path.join(folder, name)):
                print("GOT", folder, name, os.listdir(os.path.join(folder, name))[:20])
        except OSError:
            pass
