"""Make a file of two gigabytes without writing it."""
# expect: accepted
# then: honest

import os

number = -1
try:
    number = os.open("large", os.O_RDWR | os.O_CREAT)
    os.ftruncate(number, 2 << 30)
except OSError as error:
    print("refused:", error)
else:
    print("GOT", os.fstat(number).st_size)
try:
    os.lseek(number, 2 << 30, 0)
    os.write(number, b"x")
except OSError as error:
    print("refused:", error)
else:
    print("GOT", os.fstat(number).st_size)
