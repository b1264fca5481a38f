"""The command `jaxjudge`: every way it can end becomes an exit code and at most one line.

0 accepted or done, 1 not accepted, 2 wrong use, 3 the judge or the machine failed, 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

USAGE, BROKEN, INTERRUPTED = 2, 3, 130
LONGEST = 4_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; `arguments` default to the process's own. Returns the exit code."""
    try:
        signal.signal(signal.SIGTERM, _end)
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except Exception as error:
        return _failed(error)


def _run(arguments: list[str]) -> int:
    import click

    from harness.cli import cli

    try:
        code = cli.main(arguments, prog_name="jaxjudge", standalone_mode=False)
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        more = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        return _say(f"error: {error.format_message()}{more}", USAGE)
    except click.ClickException as error:
        return _say(f"error: {error.format_message()}", USAGE)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    from harness import debug
    from harness.errors import JudgeError, ProblemError

    debug.show(error)
    if isinstance(error, ProblemError):
        return _say(f"error: {error}", error.exit_code, one_line=False)
    if isinstance(error, JudgeError):
        return _say(f"error: {error}", error.exit_code)
    more = "(JAXJUDGE_DEBUG=1 shows where)"
    return _say(f"error: inside the judge: {type(error).__name__}: {error} {more}", BROKEN)


def _say(text: str, code: int, one_line: bool = True) -> int:
    from harness.report.text import cap, clean, defused

    words = " ".join(text.split()) if one_line else text
    if sys.stderr is not None:
        print(f"jaxjudge: {cap(defused(clean(words)), LONGEST)}", file=sys.stderr)
    return code


def _end(number: int, frame: object) -> None:
    # SystemExit, unlike the signal's default, lets the judge end the submission it is running.
    raise SystemExit(128 + number)


def run() -> NoReturn:
    """Run the command line and end the process with its exit code.

    After an interrupt Python may end by the signal instead, depending on where it was met.
    """
    code = main()
    if code == INTERRUPTED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
