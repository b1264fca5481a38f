"""Compute for ever."""
# expect: time_limit_exceeded
# wall: 1

while True:
    pass
