from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import Diagnostic, JudgeError, MachineError, ProblemError, UsageError
from harness.problem.diagnostics import Diagnostics, Key, Place, dotted, key_lines, near, shown

TEXT = (
    '''\
entry = "a" # [comment]
"quoted key" = 1
summary = """
[not.a.table]
fake = 1
"""
[dimensions]
N = { min = 1 }
[[arguments]]
name = "w"
shape = [
  "N",
]
[[arguments]]
name = "x"
[structure . scan]
xs = ["x"] # '''
    + "'''\nlength = 1\n"
)


def test_lines_of_keys_and_tables() -> None:
    lines = key_lines(TEXT.replace(" # '''", ""))
    assert lines[("entry",)] == 1
    assert lines[("quoted key",)] == 2
    assert lines[("dimensions", "N")] == 8
    assert lines[("arguments", 0, "shape")] == 11
    assert lines[("arguments", 1)] == 14
    assert lines[("arguments", 1, "name")] == 15
    assert lines[("structure", "scan", "xs")] == 17
    assert lines[("structure", "scan", "length")] == 18
    assert not any("fake" in key or "not" in key for key in lines)


def test_tables_within_lists_of_tables() -> None:
    lines = key_lines("[[a]]\n[a.b]\nc = 1\n[[a]]\n[[a.d]]\n[[a.d]]\ne = 1\n")
    assert lines[("a", 0, "b", "c")] == 3
    assert lines[("a", 1, "d", 1, "e")] == 7


def test_a_key_without_a_line_takes_that_of_its_table() -> None:
    place = Place(Path("p/problem.toml"), 9, ("arguments", 0))
    diagnostics = Diagnostics(Path("p"), places={("arguments", 0): place})
    diagnostics.key(("arguments", 0, "dtype"), "is missing")
    diagnostics.key(("title",), "is missing")
    assert list(map(str, diagnostics.found)) == [
        "p/problem.toml:9: arguments[0].dtype: is missing",
        "p/problem.toml: title: is missing",
    ]


def test_a_key_taken_over_is_reported_where_it_is_written() -> None:
    place = Place(Path("q/problem.toml"), 7, ("hints", 1))
    diagnostics = Diagnostics(Path("p"), places={("hints", 3): place})
    diagnostics.key(("hints", 3, "code"), "is odd")
    (found,) = diagnostics.found
    expected = "q/problem.toml:7: hints[1].code: is odd; p takes this over, and can say otherwise"
    assert str(found) == expected


@pytest.mark.parametrize(("first", "second", "key"), [(0, 0, "a"), (0, 1, "a"), (1, 0, "b")])
def test_a_contradiction_is_reported_at_the_key_that_is_the_packages_own(
    first: int, second: int, key: str
) -> None:
    files = (Path("p/problem.toml"), Path("q/problem.toml"))
    places: dict[Key, Place] = {
        ("a",): Place(files[first], None, ("a",)),
        ("b",): Place(files[second], None, ("b",)),
    }
    diagnostics = Diagnostics(Path("p"), places=places)
    diagnostics.pair(("a",), ("b",), "do not agree")
    assert [d.key for d in diagnostics.found] == [key]


@pytest.mark.parametrize(
    ("diagnostic", "text"),
    [
        (Diagnostic(Path("p/a.py"), None, "", "is bad"), "p/a.py: is bad"),
        (Diagnostic(Path("p/a.py"), 3, "", "is bad"), "p/a.py:3: is bad"),
        (Diagnostic(Path("t"), 3, "a.b", "is bad", "c"), "t:3: a.b: is bad (did you mean c?)"),
    ],
)
def test_one_line_a_diagnostic(diagnostic: Diagnostic, text: str) -> None:
    assert str(diagnostic) == text


def test_keys_as_authors_write_them() -> None:
    assert dotted(("arguments", 2, "shape", 0)) == "arguments[2].shape[0]"
    assert dotted(()) == ""


def test_the_nearest_name() -> None:
    assert near("Flaot32", ["float32", "int32"]) == "float32"
    assert near("x_batch", {"w": 1, "x_batches": 2}) == "x_batches"
    assert near("zebra", ["float32"]) == near("a", []) == ""


def test_values_are_shown_short() -> None:
    assert shown(True) == "true"
    assert shown("a") == "'a'"
    assert len(shown("a" * 1000)) == 60
    assert shown(10**5000) == "a very long number"


def test_the_exception_tree() -> None:
    assert {
        kind: kind.exit_code for kind in (JudgeError, UsageError, ProblemError, MachineError)
    } == {
        JudgeError: 3,
        UsageError: 2,
        ProblemError: 3,
        MachineError: 3,
    }
    error = ProblemError([Diagnostic(Path("a"), 1, "", "is bad")])
    assert str(error) == "1 mistake in the problem package:\n  a:1: is bad"
    assert isinstance(error, JudgeError)
