from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from harness.store.assignments import Set, Terms
from harness.store.classes import Class
from harness.store.results import Cell, Learner
from harness.web.gradebook import Gradebook

AT = datetime(2030, 1, 1, tzinfo=UTC)
CLASS = Class("c", "=A class", "CODE", AT, None, True)


def cell(score: float | None, late: bool = False, attempts: int = 1, days: int = 0) -> Cell:
    verdict = None if score is None else "accepted" if score == 100 else "wrong_answer"
    return Cell("s", verdict, score, 100.0, late, attempts, AT + timedelta(days=days))


def book(*learners: Learner, problems: tuple[str, ...] = ("p",)) -> Gradebook:
    sets = [Set("1", "c", Terms("One", problems)), Set("2", "c", Terms("Two", problems))]
    return Gradebook(CLASS, sets, sets, learners)


def names(found: Gradebook) -> str:
    return " ".join(learner.name for learner in found.learners)


def test_learners_are_sorted_by_what_one_likes() -> None:
    found = book(
        Learner("1", "bob", {"p": cell(40.0, attempts=3, days=2), "q": cell(40.0)}),
        Learner("2", "Eve", {"p": cell(100.0, late=True)}),
        Learner("3", "ada", {"p": cell(40.0, days=1)}),
        Learner("4", "joe", {}),
        problems=("p", "q"),
    )
    assert found.problems == ["p", "q"]
    assert names(found.sorted("name", falling=False)) == "ada bob Eve joe"
    assert names(found.sorted("name", falling=True)) == "joe Eve bob ada"
    assert names(found.sorted("score", falling=True)) == "bob ada Eve joe"
    assert names(found.sorted("accepted", falling=True)) == "bob ada Eve joe"
    assert names(found.sorted("last", falling=True)) == "bob ada Eve joe"
    assert names(found.sorted("p", falling=True)) == "ada bob Eve joe"
    assert names(found.sorted("nothing", falling=False)) == names(found)


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(name: str) -> None:
    found = book(Learner("1", name, {"p": cell(None)}), problems=(f"={name}",))
    for line in csv.reader(io.StringIO(found.csv(), newline="")):
        for text in line:
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_document_has_everything() -> None:
    told = book(Learner("1", "bob", {"p": cell(40.0, late=True)})).document()
    assert told["sets"] == [{"id": "1", "title": "One"}, {"id": "2", "title": "Two"}]
    assert told["learners"][0]["problems"]["p"]["late"] is True
    assert told["learners"][0]["score"] == 0
