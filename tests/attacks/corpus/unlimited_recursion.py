"""Call itself without end, having lifted Python's limit."""
# expect: runtime_error, memory_limit_exceeded, time_limit_exceeded
# wall: 3

import sys

sys.setrecursionlimit(1 << 30)


def again(value):
    return [again(item) for item in [value]]


again(0)
