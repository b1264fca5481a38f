"""Read the memory, arguments and environment of processes."""
# expect: accepted
# then: honest
# levels: strict, basic

import os

PIDS = ("self", "thread-self", "1", str(os.getppid()), str(os.getpid()), "@JUDGE_PID@")
NAMES = ("environ", "cmdline", "maps", "mem", "status", "root/etc/passwd", "cwd/pyproject.toml",
         "task", "stack", "auxv")
PATHS = [f"/proc/{pid}/{name}" for pid in PIDS for name in NAMES]
PATHS += [f"/proc/{pid}/fd/{number}" for pid in (os.getppid(), "@JUDGE_PID@") for number in range(20)]
PATHS += [f"/proc/{pid}/ns/net" for pid in (os.getppid(), "@JUDGE_PID@")]
PATHS += ["/tmp/../proc/self/environ", "/proc/1/root", "/proc/mounts", "/proc/kcore", "/proc/net/tcp"]
for path in PATHS:
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        continue
    try:
        print("GOT", path, os.read(number, 4000))
    except OSError:
        print("GOT", path)
