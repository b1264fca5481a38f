"""Wait for nothing."""
# expect: time_limit_exceeded
# wall: 1

import select

select.select([], [], [])
