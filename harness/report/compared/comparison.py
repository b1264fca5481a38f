"""Two runs compared: which submissions' verdicts or scores changed, and how."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graders.verdict import Judgement, Status, Verdict
from harness.report.document import Entry, Ungraded
from harness.report.text import cap, clean_line

NOT_GRADED = "not graded"
SOFTWARE = ("jaxjudge", "jax")
_MESSAGE = 300
Key = tuple[str, str | None]


class Kind(StrEnum):
    """What happened to a submission; the ones to look at come first."""

    LOST = "lost"
    GAINED = "gained"
    CHANGED = "changed"
    SCORE = "score"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one submission came out of one run: as much of an entry as is compared.

    `verdict` is `NOT_GRADED`, `problem` and `sha256` are None where there is no report. `message`
    is the first thing there is to say about one that was not accepted, cut where it is long.
    """

    name: str
    problem: str | None
    sha256: str | None
    verdict: str
    score: float
    max_score: float
    message: str

    @property
    def accepted(self) -> bool:
        """Whether the submission was accepted."""
        return self.verdict == Verdict.ACCEPTED

    @property
    def outcome(self) -> tuple[str, float, float]:
        """The verdict and the points: what has to be the same for nothing to have changed."""
        return self.verdict, self.score, self.max_score


@dataclass(frozen=True, slots=True)
class Run:
    """The standings of one run by name and problem, and the versions that were met.

    `versions` are by the name of a program; `problems` are versions too, by the problem's id.
    """

    standings: Mapping[Key, Standing]
    versions: Mapping[str, frozenset[str]]
    problems: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one submission; `old` is None for a new one, `new` for one that is gone."""

    kind: Kind
    old: Standing | None
    new: Standing | None

    @property
    def standing(self) -> Standing:
        """The standing that names the submission: the new one, if there is one."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def edited(self) -> bool | None:
        """Whether the file itself is another one; None where that cannot be known."""
        if self.old is None or self.new is None:
            return None
        if self.old.sha256 is None or self.new.sha256 is None:
            return None
        return self.old.sha256 != self.new.sha256


@dataclass(frozen=True, slots=True)
class Difference:
    """Versions of one thing, sorted, that are not the same in both runs."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every change by kind and name, what else differs, and how many submissions are as before.

    `problems` are the versions of problems, `versions` those of programs.
    """

    changes: tuple[Change, ...]
    unchanged: int
    versions: tuple[Difference, ...]
    problems: tuple[Difference, ...]

    @property
    def good(self) -> bool:
        """Whether nothing that was accepted was lost."""
        return all(change.kind is not Kind.LOST for change in self.changes)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many changes there are of each kind, of those that there are."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in Kind if counted[kind]}


def gathered(entries: Iterable[Entry]) -> Run:
    """What is compared of a run's entries; each is let go of before the next is asked for.

    Raises `ValueError` for the first one that was there before: its name, for the same problem.
    """
    standings: dict[Key, Standing] = {}
    versions: dict[str, set[str]] = {}
    problems: dict[str, set[str]] = {}
    for entry in entries:
        found = _standing(entry)
        key = found.name, found.problem
        if key in standings:
            problem = f" for {found.problem}" if found.problem else ""
            raise ValueError(f"{_short(found.name)} is there twice{problem}; expected it once")
        standings[key] = found
        if not isinstance(entry, Ungraded):
            problems.setdefault(entry.problem, set()).add(entry.problem_version)
            for name in SOFTWARE:
                if name in entry.versions:
                    versions.setdefault(name, set()).add(entry.versions[name])
    return Run(standings, _frozen(versions), _frozen(problems))


def compare(old: Run, new: Run) -> Comparison:
    """What changed from one run to the next.

    Submissions are the same when their names are; also their problems, where a name is there for
    several of them.
    """
    several = _several(old) | _several(new)
    before, after = _keyed(old, several), _keyed(new, several)
    found = [_change(before.get(key), after.get(key)) for key in before | after]
    changes = [change for change in found if change is not None]
    order = list(Kind)
    changes.sort(key=lambda c: (order.index(c.kind), c.standing.name, c.standing.problem or ""))
    return Comparison(
        tuple(changes),
        len(found) - len(changes),
        tuple(_differences(old.versions, new.versions)),
        tuple(_differences(old.problems, new.problems)),
    )


def _standing(entry: Entry) -> Standing:
    if isinstance(entry, Ungraded):
        return Standing(entry.name, None, None, NOT_GRADED, 0, 0, _short(entry.message))
    judgement = entry.judgement
    if not all(map(math.isfinite, (judgement.score, judgement.max_score))):
        raise ValueError("expected scores that are finite numbers")
    return Standing(
        entry.name,
        entry.problem,
        entry.sha256,
        str(judgement.verdict),
        judgement.score,
        judgement.max_score,
        _short(_first(judgement)),
    )


def _first(judgement: Judgement) -> str:
    unwell = (check for check in judgement.checks if check.status in (Status.FAILED, Status.ERROR))
    return next((check.message for check in unwell), "")


def _short(text: str) -> str:
    return cap(clean_line(" ".join(text.split())), _MESSAGE)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(values) for name, values in found.items()}


def _several(run: Run) -> set[str]:
    counted = Counter(name for name, _ in run.standings)
    return {name for name, count in counted.items() if count > 1}


def _keyed(run: Run, several: set[str]) -> dict[Key, Standing]:
    return {
        (name, problem if name in several else None): standing
        for (name, problem), standing in run.standings.items()
    }


def _change(old: Standing | None, new: Standing | None) -> Change | None:
    """What happened to one submission; None when nothing did."""
    accepted = new is not None and new.accepted
    if old is None:
        return Change(Kind.NEW, old, new)
    if old.accepted and not accepted:
        return Change(Kind.LOST, old, new)
    if new is None:
        return Change(Kind.GONE, old, new)
    if old.outcome == new.outcome:
        return None
    if old.verdict == new.verdict:
        return Change(Kind.SCORE, old, new)
    return Change(Kind.GAINED if accepted else Kind.CHANGED, old, new)


def _differences(
    old: Mapping[str, frozenset[str]], new: Mapping[str, frozenset[str]]
) -> Iterable[Difference]:
    for name in sorted(old.keys() & new.keys()):
        if old[name] != new[name]:
            yield Difference(name, tuple(sorted(old[name])), tuple(sorted(new[name])))
