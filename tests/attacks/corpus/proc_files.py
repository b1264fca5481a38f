"""Read the memory, arguments and environment of processes."""
# expect: accepted
# then: honest
# levels: strict, basic

import os

PIDS = ("self", "thread-self", "1", str(os.getppid()), str(os.getpid()), "@JUDGE_PID@")
NAMES = (
    "environ",
    "cmdline",
    "maps",
    "mem",
    "status",
    "fd/0",
    "fd/3",
    "root/etc/passwd",
    "cwd/pyproject.toml",
    "ns/net",
    "task",
    "stack",
    "auxv",
)
for pid in PIDS:
    for name in NAMES:
        path = f"/proc/{pid}/{name}"
        try:
            with open(path, "rb") as file:
                print("GOT", path, file.read(4000))
        except OSError:
            pass
for path in (
    "/tmp/../proc/self/environ",
    "/proc/1/root",
    "/proc/mounts",
    "/proc/kcore",
    "/proc/net/tcp",
):
    try:
        print("GOT", os.listdir(path) if os.path.isdir(path) else open(path).read()[:4000])
    except OSError:
        pass
