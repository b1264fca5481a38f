"""The work of `jaxjudge compare`: the results of two runs in, what changed out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, NoReturn

import click

from harness import console, files
from harness.errors import UsageError
from harness.files import reason
from harness.report.compared import jsondoc, markdown, terminal
from harness.report.compared.comparison import Comparison, Run, compare, gathered
from harness.report.document import Entry
from harness.report.reading import read

LINE_LIMIT = 32 << 20
LOST = 1


def run(old: str, new: str, form: str, output: str) -> int:
    """Compare two files of documents, write what changed, and return the exit code.

    Raises `UsageError` that names file and line for one that is not as `jaxjudge grade` writes it.
    """
    if os.path.realpath(output) in (os.path.realpath(old), os.path.realpath(new)):
        raise UsageError(f"cannot write {output}: it is one of the results to compare")
    comparison = compare(load(old), load(new))
    if output == "-":
        console.write(_rendered(comparison, form, console.look(sys.stdout, os.environ)))
    else:
        files.write_whole(output, _rendered(comparison, form, console.look(None, {})))
    return 0 if comparison.good else LOST


def load(path: str) -> Run:
    """What is compared of a file of documents, read line by line; raises `UsageError`."""
    try:
        with open(path, "rb") as file:
            lines = _Lines(file)
            try:
                return gathered(lines.entries())
            except ValueError as error:
                raise UsageError(f"{path}:{lines.number}: {error}") from None
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None


def default_form(form: str | None, output: str) -> str:
    """The format that was asked for, or the one an output's name suggests."""
    suffix = click.format_filename(output).rpartition(".")[2]
    return form or {"json": "json", "md": "markdown"}.get(suffix, "terminal")


@dataclass(slots=True)
class _Lines:
    """The entries in a file, and the number of the line that was read last."""

    file: IO[bytes]
    number: int = 0

    def entries(self) -> Iterator[Entry]:
        """One entry a line; raises `ValueError` for a line that is none."""
        while line := self.file.readline(LINE_LIMIT + 1):
            self.number += 1
            if len(line) > LINE_LIMIT:
                raise ValueError(f"expected at most {LINE_LIMIT >> 20} MiB in a line")
            yield _entry(line)


def _entry(line: bytes) -> Entry:
    try:
        return read(json.loads(line.decode("utf-8"), parse_constant=_no_number))
    except UnicodeDecodeError:
        raise ValueError("expected UTF-8 text") from None
    except json.JSONDecodeError as error:
        cut = "" if line.endswith(b"\n") else ", where the file is cut off"
        raise ValueError(
            "expected a JSON document as jaxjudge grade --format jsonl writes it, found "
            f"{error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}{cut}"
        ) from None
    except RecursionError:
        raise ValueError("expected a JSON document, found one that is nested too deeply") from None


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"expected numbers, found {text}")


def _rendered(comparison: Comparison, form: str, look: console.Look) -> str:
    if form == "json":
        return jsondoc.render(comparison)
    if form == "markdown":
        return markdown.render(comparison)
    return terminal.render(comparison, console.page(look))
