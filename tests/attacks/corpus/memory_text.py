"""Take memory by one enormous text."""
# expect: memory_limit_exceeded
# wall: 10

text = 'x' * (1 << 40)
