"""What the command line writes to: its colours, width and encoding, and readers that go away."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from harness.errors import MachineError
from harness.files import reason

if TYPE_CHECKING:
    from harness.report.page import Page

NARROWEST, WIDEST = 40, 100
_SIGNS = "✓✗→│"


@dataclass(frozen=True, slots=True)
class Look:
    """How to write to a stream."""

    tty: bool
    colour: bool
    ascii: bool
    width: int


def look(stream: TextIO | None, environment: Mapping[str, str]) -> Look:
    """The look that suits a stream: 80 columns without colour unless it is a terminal."""
    tty = stream is not None and stream.isatty()
    return Look(
        tty=tty,
        colour=_colour(tty, environment),
        ascii=not _encodes(stream, _SIGNS),
        width=_width(stream if tty else None, environment),
    )


def page(look: Look) -> Page:
    """The page that reports are written on, for a look."""
    from harness.report.page import ASCII, Page, Symbols

    return Page(look.width, look.colour, ASCII if look.ascii else Symbols())


def write(text: str) -> bool:
    """Write to standard output now; False, and quiet, when nobody reads it any more."""
    stream = sys.stdout
    if stream is None:
        return False
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
        return False
    except OSError as error:
        _discard(stream)
        raise MachineError(f"cannot write to standard output: {reason(error)}") from None
    return True


def _colour(tty: bool, environment: Mapping[str, str]) -> bool:
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0", "false"):
        return True
    return tty and environment.get("TERM", "dumb") != "dumb"


def _encodes(stream: TextIO | None, text: str) -> bool:
    try:
        text.encode((stream and stream.encoding) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _width(terminal: TextIO | None, environment: Mapping[str, str]) -> int:
    columns = 0
    if environment.get("COLUMNS", "").isdecimal():
        columns = int(environment["COLUMNS"])
    elif terminal is not None:
        with suppress(OSError, ValueError):
            columns = os.get_terminal_size(terminal.fileno()).columns
    return min(max(columns, NARROWEST), WIDEST) if columns else 80


def _discard(stream: TextIO) -> None:
    """Send what the stream still holds nowhere, or Python would complain at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
