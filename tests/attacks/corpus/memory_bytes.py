"""Take memory until there is none."""
# expect: memory_limit_exceeded
# wall: 10

kept = []
while True:
    kept.append(bytearray(32 << 20))
