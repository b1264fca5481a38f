"""Crash in a thread while the main one sleeps."""
# expect: runtime_error

import ctypes
import threading
import time

threading.Thread(target=ctypes.string_at, args=(1,)).start()
time.sleep(60)
