"""Import a module that never ends, with the lock held."""
# expect: time_limit_exceeded
# wall: 1

import builtins

real = builtins.__import__
builtins.__import__ = lambda *a, **k: [0 for _ in iter(int, 1)]
import json
