"""A long session: `python -m tests.fuzz SECONDS`, guided by coverage where atheris is installed.

Whatever makes a target fail is written to the folder `fuzz-findings`, and the session ends with an
error. A finding that has been put right belongs into the corpus, under `found`.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

FINDINGS = Path("fuzz-findings")


def main() -> int:
    """Fuzz for as long as the argument says; the exit code says whether nothing was found."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    os.environ.setdefault("JAXJUDGE_CACHE", tempfile.mkdtemp(prefix="jaxjudge-fuzz-"))
    FINDINGS.mkdir(exist_ok=True)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed (it has no build for some Pythons): fuzzing unguided,")
        print("by random changes alone. `pip install atheris` where there is one.")
        return _unguided(seconds)
    return _guided(seconds)


def _targets() -> tuple[Callable[[bytes], object], Callable[[Random], bytes]]:
    """What takes bytes apart, and what makes changed ones."""
    mutate = importlib.import_module("tests.fuzz.mutate")
    targets = importlib.import_module("tests.fuzz.targets")
    case = targets.make_case()
    programs, sessions = targets.seeds("programs"), case.sessions()

    def run(data: bytes) -> None:
        kind, rest = data[:1], data[1:]
        if kind == b"p":
            targets.read_program(rest)
        elif kind == b"f":
            targets.read_frames(rest)
        else:
            case.read_session(rest)

    def make(random: Random) -> bytes:
        kind = random.randrange(4)
        if kind == 0:
            made: bytes = mutate.mutated_session(random.choice(sessions), random)
            return b"s" + made
        if kind == 1:
            made = mutate.mutated_bytes(random.choice(sessions), random)
            return b"f" + made
        change = mutate.mutated_program if kind == 2 else mutate.mutated_bytes
        made = change(random.choice(programs), random)
        return b"p" + made

    return run, make


def _unguided(seconds: int) -> int:
    run, make = _targets()
    random, count, end = Random(), 0, time.monotonic() + seconds
    failures: dict[str, int] = {}
    while time.monotonic() < end:
        data = make(random)
        count += 1
        try:
            run(data)
        except Exception as error:
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
            name = f"{type(error).__name__} at {place}"
            if name not in failures:
                digest = hashlib.sha256(data).hexdigest()[:16]
                (FINDINGS / digest).write_bytes(data)
                print(f"{name}: {str(error)[:200]} ({FINDINGS / digest})")
            failures[name] = failures.get(name, 0) + 1
    print(f"{count} inputs in {seconds} s, {len(failures)} kinds of failure")
    return 1 if failures else 0


def _guided(seconds: int) -> int:
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["graders", "harness.sandbox"]):
        run, make = _targets()

    def change(data: bytes, size: int, seed: int) -> bytes:
        random = Random(seed)
        made = make(random) if random.randrange(2) else atheris.Mutate(data, len(data))
        return bytes(made)[:size]

    with tempfile.TemporaryDirectory() as corpus:
        for number in range(40):
            (Path(corpus) / str(number)).write_bytes(make(Random(number)))
        options = [
            f"-max_total_time={seconds}",
            "-max_len=65536",
            "-timeout=20",
            "-rss_limit_mb=4096",
        ]
        options += [f"-artifact_prefix={FINDINGS}/", "-print_final_stats=1", corpus]
        atheris.Setup([sys.argv[0], *options], run, custom_mutator=change)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
