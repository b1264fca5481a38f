"""Read the history of the problems' repository."""
# expect: accepted
# then: honest
# levels: strict, basic

import glob
import os

folder = "@PROBLEMS@"
while folder != "/":
    for name in (".git/HEAD", ".git/config", "pyproject.toml", ".hypothesis"):
        try:
            print("GOT", open(os.path.join(folder, name)).read())
        except OSError:
            pass
    folder = os.path.dirname(folder)
print(["GOT " + path for path in glob.glob("@PROBLEMS@/**", recursive=True)[1:]])
