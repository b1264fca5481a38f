"""Put its own output where the answers go."""
# expect: runtime_error
# then: honest

import os

os.dup2(3, 9)
os.dup2(1, 3)
