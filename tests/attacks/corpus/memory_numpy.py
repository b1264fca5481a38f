"""Take memory by NumPy."""
# expect: memory_limit_exceeded
# wall: 10

import numpy as np

kept = []
while True:
    kept.append(np.ones(8 << 20))
