"""Make folders in folders, three thousand deep."""
# expect: accepted
# then: honest

import os

here = os.getcwd()
try:
    for _ in range(3000):
        os.mkdir("deep")
        os.chdir("deep")
except OSError as error:
    print("refused:", error)
try:
    os.chdir(here)
except OSError as error:
    print("refused:", error)
