"""Ignore every signal and exception, and go on."""
# expect: time_limit_exceeded, runtime_error
# wall: 1

import signal

for number in range(1, 32):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
