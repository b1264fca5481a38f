"""End while threads keep the process alive."""
# expect: time_limit_exceeded
# wall: 1

import threading
import time

threading.Thread(target=time.sleep, args=(60,)).start()
time.sleep(60)
