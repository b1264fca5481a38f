"""Set XLA flags that end the process when it starts a device."""
# expect: runtime_error
# then: honest

import os

os.environ["XLA_FLAGS"] = "--xla_no_such_flag=1"
