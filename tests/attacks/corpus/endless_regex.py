"""Match a regular expression for ever, without a chance to be interrupted."""
# expect: time_limit_exceeded
# wall: 1

import re

re.match(r'(a*)*b', 'a' * 60)
