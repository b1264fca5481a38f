from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.problem.constants import constants, expand, written
from harness.problem.diagnostics import Diagnostics, Place
from harness.problem.load import load_problem
from tests.harness.problem.conftest import TOML, Edit
from tests.harness.problem.test_check import values

PLACE = Place(Path("p/statement.md"))


def expanded(text: str, known: dict[str, object], line: int | None = None) -> tuple[str, list[str]]:
    diagnostics = Diagnostics(Path("p"))
    result = expand(text, Place(PLACE.file, line), known, diagnostics)
    return result, list(map(str, diagnostics.found))


def test_a_rubrics_constants() -> None:
    assert constants(tomllib.loads(TOML)) == {
        "entry": "double_sum",
        "title": "A doubled sum",
        "batches": 16,
        "minimum_move": 0.5,
        "points.correctness": 3,
        "points.structure": 1.5,
        "limits.wall_seconds": 5,
        "limits.cpu_seconds": 4.5,
        "limits.memory_mib": 256,
        "limits.output_kib": 8,
        "limits.equations": 1000,
        "N.min": 1,
        "N.max": 4,
        "B.min": 2,
        "B.max": 3,
        "start.low": -1.0,
        "start.high": 1.0,
        "rows.low": 0,
        "rows.high": 9,
    }


def test_defaults_are_constants_too(package: Edit) -> None:
    folder = package(("batches = 16\n", ""), ("wall_seconds = 5\n", ""))
    text = "{{ batches }} {{ limits.wall_seconds }} {{ points.correctness }}"
    (folder / "statement.md").write_text(text)
    assert load_problem(folder).statement == "256 20 3\n"


@given(st.dictionaries(st.sampled_from([*tomllib.loads(TOML), "other"]), values))
def test_a_wrong_rubric_still_has_names(raw: dict[str, Any]) -> None:
    for value in constants(raw).values():
        assert isinstance(written(value), str)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (-3.0, "-3"),
        (0, "0"),
        (0.5, "0.5"),
        (0.0625, "0.0625"),
        (-0.0625, "-0.0625"),
        (0.01, "0.01"),
        (0.00390625, "1/256"),
        (-0.03125, "-1/32"),
        (0.000001, "0.000001"),
        (1e-30, "1e-30"),
        (1e300, "1e+300"),
        (5e-324, "5e-324"),
        (2_000_000, "2000000"),
        ("double_sum", "double_sum"),
        pytest.param(1 << 20_000, "a very long number", id="long"),
        (True, ""),
        (None, ""),
        (math.nan, ""),
    ],
)
def test_numbers_are_written_plainly(value: object, text: str) -> None:
    assert written(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_exactly(value: float) -> None:
    numerator, _, denominator = written(value).partition("/")
    assert float(numerator) / float(denominator or 1) == value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("up to {{ N.max }}.", "up to 4."),
        ("{{N.max}}{{  N.max  }}", "44"),
        ("```\ndef {{ entry }}(): ...\n```", "```\ndef f(): ...\n```"),
        ("a <!-- {{ nothing }} --> b", "a  b"),
        ("a\n\n<!-- for\n{{ authors }}\n-->\n\nb\n", "a\n\nb\n"),
        ("<!-- one -->\n    code", "    code"),
        ("{ {a} } {{\n}} {x}", "{ {a} } {{\n}} {x}"),
    ],
)
def test_constants_are_written_out_and_comments_left_out(text: str, result: str) -> None:
    assert expanded(text, {"N.max": 4, "entry": "f"}) == (result, [])


def test_an_unknown_name_is_reported_with_its_line_and_the_nearest() -> None:
    text = "# {{ title }}\n\n<!--\n-->\nup to {{ N.mx }}\n{{}}\n{{ N.max + 1 }}\n"
    _, found = expanded(text, {"title": "T", "N.max": 4}, line=10)
    assert found == [
        "p/statement.md:14: expected a constant, found 'N.mx' (did you mean N.max?)",
        "p/statement.md:15: expected a constant (title, N.max), found ''",
        "p/statement.md:16: expected a constant, found 'N.max + 1' (did you mean N.max?)",
    ]


def test_an_unknown_name_is_reported_with_what_else_is_wrong(package: Edit) -> None:
    folder = package(('level = "easy"', "level = 3"))
    (folder / "statement.md").write_text("# {{ titel }}\n\n{{ level }}\n")
    with pytest.raises(Exception, match="mistakes in the problem package") as caught:
        load_problem(folder)
    lines = str(caught.value).splitlines()
    assert [line.rsplit("/", 1)[1].split(": ")[0] for line in lines[1:]] == [
        "problem.toml:3",
        "statement.md:1",
        "statement.md:3",
    ]


@given(st.text("{} aN.<!->\n`", max_size=30))
def test_any_text_is_expanded(text: str) -> None:
    result, found = expanded(text, {"N": 1})
    assert isinstance(result, str)
    assert all(line.startswith("p/statement.md:") for line in found)
