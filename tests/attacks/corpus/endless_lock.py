"""Wait for a lock that it holds."""
# expect: time_limit_exceeded
# wall: 1

import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
