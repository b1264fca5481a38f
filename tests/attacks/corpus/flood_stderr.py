"""Print to stderr without end."""
# expect: output_limit_exceeded

import sys

while True:
    print('x' * 10_000, file=sys.stderr)
