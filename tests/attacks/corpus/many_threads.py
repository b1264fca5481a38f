"""Start threads without end."""
# expect: runtime_error, memory_limit_exceeded, time_limit_exceeded
# wall: 3

import threading
import time

threading.stack_size(65536)
while True:
    threading.Thread(target=time.sleep, args=(60,)).start()
