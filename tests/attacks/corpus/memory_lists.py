"""Take memory in small pieces."""
# expect: memory_limit_exceeded
# wall: 10

kept = []
while True:
    kept.append([0] * 1_000_000)
