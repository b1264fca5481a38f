"""Write to the descriptor without end."""
# expect: output_limit_exceeded

import os

while True:
    os.write(1, b'x' * 65536)
