"""Send every signal that ends or stops to every process it knows of."""
# expect: accepted
# then: honest
# levels: strict, basic

import os
import signal

for victim in (os.getppid(), 1, -1, 0, int("@JUDGE_PID@"), -os.getppid()):
    for number in (0, signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL, signal.SIGXCPU, signal.SIGINT):
        try:
            os.kill(victim, number)
        except (PermissionError, ProcessLookupError) as error:
            print("refused:", victim, number, error.strerror)
        else:
            print("GOT", victim, number)
