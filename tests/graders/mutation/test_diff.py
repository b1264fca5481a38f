"""A mutant differs from its reference in few lines."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from graders.jaxpr.model import Program
from graders.jaxpr.normalize import normalize
from graders.mutation.diff import diff
from graders.mutation.mutant import mutants
from tests.graders.exercise import reference
from tests.graders.jaxpr.strategies import programs, written
from tests.graders.mutation.changes import ONE, normal

ROWS = np.ones((3, 2), np.float32)
LOOP = normal(reference, ONE, ONE, ROWS, ROWS)
NAMES = ("w", "lr", "xs", "ys")


def differs(name: str, context: int = 1) -> list[str]:
    (mutant,) = [m for m in mutants(LOOP) if m.name == name]
    return list(diff(LOOP, mutant.program, NAMES, context))


def test_one_equation_is_one_line() -> None:
    assert differs("sub->add at body equation 2") == [
        "    e = b * c",
        "-   f = e - d",
        "+   f = e + d",
        "    g = 2.0 * f",
    ]
    assert differs("sub->add at body equation 2", 0) == ["-   f = e - d", "+   f = e + d"]


def test_far_changes_are_told_apart() -> None:
    assert differs("carry 1 read as it began at equation 1") == [
        "  a = scan(length=3)",
        "-   consts lr",
        "+   consts w, lr",
        "    carry b:f32[] from w",
        "    xs c:f32[2] in xs, d:f32[2] in ys",
        "-   e = b * c",
        "+   e = w * c",
        "    f = e - d",
        "  ...",
        "    j = lr * i",
        "-   k = b - j",
        "+   k = w - j",
        "    gives carry k",
    ]


def test_new_lines_have_new_names() -> None:
    found = differs("xs 1 reversed at equation 1", 0)
    assert found == [
        "+ l = rev(xs, dimensions=(0,))",
        "  ...",
        "-   xs c:f32[2] in xs, d:f32[2] in ys",
        "+   xs c:f32[2] in l, d:f32[2] in ys",
    ]


def test_a_program_does_not_differ_from_itself() -> None:
    assert diff(LOOP, LOOP) == ()


@given(programs() | written())
@settings(max_examples=20, deadline=None)
def test_every_mutant_shows(program: Program) -> None:
    original = normalize(program)
    for mutant in mutants(original, 40):
        marks = {line[0] for line in diff(original, mutant.program)}
        assert marks & {"-", "+"}, mutant.name
