"""Print every control character, and text that runs backwards."""
# expect: runtime_error

import sys

TEXT = "".join(map(chr, [*range(32), *range(127, 160), 0x202E, 0x2066, 0x200B, 0xFEFF, 0x1F600]))
print(TEXT, "\rover", "\b" * 40)
sys.stdout.flush()
sys.stdout.buffer.write(bytes(range(256)) + b"\xff\xfe")
sys.stderr.buffer.write(b"\xc3\x28\xed\xa0\x80" * 10)


def scan_training_step(w, lr, x_batches, y_batches):
    raise type("\x1b[31mRed\u202e", (Exception,), {})(TEXT * 50)
