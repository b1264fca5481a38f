"""Reports that were judged before: found again by all that a verdict depends on."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graders.verdict import Verdict
from harness.engine import LEVELS
from harness.files import reason
from harness.grading.mark import Document, Mark
from harness.grading.secret import secret
from harness.grading.store import Store
from harness.report import jsondoc
from harness.sandbox.subject import file_name

if TYPE_CHECKING:
    from harness.problem.model import Problem
    from harness.report.document import Report

_LAYOUT = "jaxjudge.kept/1"
Samples = Sequence[tuple[Verdict, Path]]
Judge = Callable[[bool], "Report"]


@dataclass(slots=True)
class Keeper:
    """Judges only what was not judged before, by the same judge and the same problem.

    `require` is the weakest isolation a report may have been made under. With `shown` it must have
    the program, where there is one.
    """

    store: Store
    require: str
    shown: bool
    _samples: dict[str, bytes] = field(default_factory=dict)

    def document(
        self, source: bytes, name: str, problem: Problem, samples: Samples, judge: Judge
    ) -> Document:
        """The document on a submission with all help, marked; `judge` is asked when there is none.

        Its argument says whether the report is to have the program. Raises what it raises.
        """
        key = self._key(source, name, problem, samples)
        entry = self._entry(key)
        mark = Mark(hit=entry is not None and self._enough(entry))
        if entry is None or not mark.hit:
            shown = self.shown or (entry is not None and entry["shown"])
            entry, mark = self._judged(key, judge, shown)
        document = entry["document"] if self.shown else {**entry["document"], "program": None}
        return mark.on(jsondoc.named(document, name))

    def _judged(self, key: str, judge: Judge, shown: bool) -> tuple[dict[str, Any], Mark]:
        """A new entry, kept if that is possible."""
        document = jsondoc.named(jsondoc.to_document(judge(shown)), "")
        entry = {"shown": shown, "document": document}
        if document["verdict"] != Verdict.JUDGE_ERROR:
            try:
                self.store.put(key, json.dumps(entry, allow_nan=False).encode())
            except OSError as error:
                return entry, Mark(trouble=reason(error))
        return entry, Mark()

    def _entry(self, key: str) -> dict[str, Any] | None:
        kept = self.store.get(key)
        return None if kept is None else json.loads(kept)

    def _enough(self, entry: Mapping[str, Any]) -> bool:
        level = entry["document"]["isolation"]["level"]
        held = LEVELS.index(level) >= LEVELS.index(self.require)
        return held and (entry["shown"] or not self.shown)

    def _key(self, source: bytes, name: str, problem: Problem, samples: Samples) -> str:
        if problem.id not in self._samples:
            self._samples[problem.id] = _digest(_contents(samples))
        texts = (problem.id, problem.version, file_name(name))
        parts = (_judge(), *map(str.encode, texts), self._samples[problem.id], source)
        return _digest(parts).hex()


def opened(folder: str, require: str, shown: bool) -> Keeper:
    """The keeper of a folder; raises `UsageError` without a key to trust."""
    return Keeper(Store(folder, secret(folder)), require, shown)


@cache
def _judge() -> bytes:
    """What all verdicts depend on: the judge's own code, what is installed, Python, the machine."""
    packages = sorted(f"{found.name} {found.version}" for found in distributions())
    version = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"
    texts = (_LAYOUT, version, platform.machine(), *packages)
    return _digest((*map(str.encode, texts), _code()))


def _code() -> bytes:
    # The version alone stays the same in a checkout when the code does not.
    top = Path(__file__).resolve().parents[2]
    paths = sorted([*(top / "graders").rglob("*.py"), *(top / "harness").rglob("*.py")])
    contents = ((str(path.relative_to(top)).encode(), path.read_bytes()) for path in paths)
    return _digest(part for content in contents for part in content)


def _contents(samples: Samples) -> Iterable[bytes]:
    for verdict, path in samples:
        yield f"{verdict}/{path.name}".encode()
        try:
            yield path.read_bytes()
        except OSError:  # it decides nothing then
            yield b""


def _digest(parts: Iterable[bytes]) -> bytes:
    """A hash of a sequence; no two sequences run together into one text."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()
