"""Which reports are asked for: `KIND` or `KIND=PATH`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.errors import UsageError

STDOUT = "-"
_STDOUT_FILES = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report, and where it goes when no path is given.

    `place` is where the platform looks for it. `variable` names an environment variable with a file
    that the platform reads after the step, to which the report is appended, behind `label`. One
    that `annotates` writes lines to standard output as well; one that is `whole` shows statements
    and programs.
    """

    place: str = ""
    variable: str = ""
    label: str = ""
    annotates: bool = False
    whole: bool = False


KINDS: Mapping[str, Kind] = {
    "classroom": Kind(variable="GITHUB_OUTPUT", label="result="),
    "ctrf": Kind(),
    "exercism": Kind(),
    "github": Kind(variable="GITHUB_STEP_SUMMARY", annotates=True),
    "gradescope": Kind(place="/autograder/results/results.json"),
    "html": Kind(whole=True),
    "jsonl": Kind(),
    "junit": Kind(),
    "markdown": Kind(),
    "prairielearn": Kind(place="/grade/results/results.json"),
    "sarif": Kind(),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A report that is asked for.

    `path` is where it goes: `-` for standard output, empty where a report is only lines there.
    With `appended`, it goes behind what the file has already.
    """

    kind: str
    path: str
    appended: bool = False

    @property
    def in_file(self) -> bool:
        """Whether it goes to a file."""
        return self.path not in ("", STDOUT)

    @property
    def about(self) -> Kind:
        """What holds for all reports of its kind."""
        return KINDS[self.kind]

    @property
    def places(self) -> set[str]:
        """Where something of it is written: standard output, and a file without links."""
        lines = {STDOUT} if self.about.annotates else set()
        return lines | ({_place(self.path)} if self.path else set())


def requests(
    texts: Iterable[str], *, taken: str = "", environ: Mapping[str, str] = os.environ
) -> list[Request]:
    """What `KIND` and `KIND=PATH` ask for; raises `UsageError` for what cannot be had.

    `taken` is where the command writes something else, which is to have that place for itself.
    """
    asked = [_request(text, environ) for text in texts]
    found = {_place(taken)}
    for request in asked:
        for place in request.places & found:
            where = "standard output" if place == STDOUT else request.path
            raise UsageError(f"two reports would go to {where}: give each a PATH of its own")
        found |= request.places
    return asked


def _place(path: str) -> str:
    return path if path in ("", STDOUT) else os.path.realpath(path)


def _request(text: str, environ: Mapping[str, str]) -> Request:
    name, given, path = text.partition("=")
    if name not in KINDS:
        from difflib import get_close_matches

        close = get_close_matches(name, KINDS, n=1)
        advice = f"did you mean {close[0]}?" if close else f"there are {', '.join(KINDS)}"
        raise UsageError(f"there is no report {name!r}; {advice}")
    if given and not path:
        raise UsageError(f"expected a path after {name}=, found nothing")
    path = STDOUT if path in _STDOUT_FILES else path
    kind = KINDS[name]
    variable = environ.get(kind.variable, "") if kind.variable else ""
    if variable and path in ("", variable):
        return Request(name, variable, appended=True)
    if path or kind.place:
        return Request(name, path or kind.place)
    if kind.annotates:
        return Request(name, "")
    unset = f" ({kind.variable} is not set)" if kind.variable else ""
    raise UsageError(f"the report {name} needs a path{unset}: --report {name}=PATH")
