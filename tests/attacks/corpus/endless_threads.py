"""Compute for ever in thirty threads."""
# expect: time_limit_exceeded, runtime_error
# wall: 1

import threading


def spin():
    while True:
        pass


for _ in range(30):
    threading.Thread(target=spin).start()
