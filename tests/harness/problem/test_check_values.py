"""Every mistake in an argument or a result, however deep, is named with its key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.problem.load import load_problem
from tests.harness.problem.conftest import write
from tests.harness.problem.nested import COUNT, SOURCE, TOML
from tests.harness.problem.test_check import mistakes, outcome, replace, toml_text, values

ROWS = 'shape = ["N*K", "D+1"]'
KEY = '{ key = { shape = [], dtype = "key" } }'
MASK = 'shape = ["N"]\ndtype = "bool"\n'
LOSSES = 'name = "losses"\nshape = ["N+1"]\ndtype = "float32"\n'
PAIR = '{ w = { shape = ["D"], dtype = "float32" }, b = { shape = [], dtype = "float32" } }'
ARRAY = "an array (shape, dtype, range) or a static integer (static) or a dict (fields) or a "
RESULT = "expected an array (shape, dtype, range) or a dict (fields) or a tuple (items)"
DEEP = '{ shape = [], dtype = "key" }'
for _ in range(3):
    DEEP = "{ fields = { a = " + DEEP + " } }"

TABLE = [
    (ROWS, f"{ROWS}\nstatic = 'K'", "arguments[2]", "found shape and static together"),
    (ROWS, f"{ROWS}\nfields = {{}}", "arguments[2]", "found shape and fields together"),
    (MASK, "", "arguments[3]", f"expected {ARRAY}tuple (items), found none of them"),
    (MASK, 'dtype = "bool"\n', "arguments[3].shape", "required and missing"),
    (MASK, 'shape = ["N"]\n', "arguments[3].dtype", "required and missing"),
    (MASK, 'shape = ["N"]\ndtype = "int8"\n', "arguments[3].range", "required and missing"),
    (MASK, f"{MASK}range = [0, 2]\n", "arguments[3].range", "values that bool holds, 0 to 1"),
    ("[0, 9]", "[0, 4e9]", "arguments[1].items[0].range", "values that int32 holds"),
    ("[0, 9]", "[0, 0.5]", "arguments[1].items[0].range", "whole numbers for int32, found [0, 0."),
    ("[0, 9]", "[9, 0]", "arguments[1].items[0].range", "low <= high, found 9 > 0"),
    ("[-2.0, 2.0]", "[-2.0, 1e5]", "arguments[0].fields.b.range", "that float16 holds"),
    (KEY, KEY[:-4] + ", range = [0, 1] } }", "arguments[1].items[1].fields.key.range", "no range"),
    (KEY, KEY[:-4] + ", rnage = [0, 1] } }", "arguments[1].items[1].fields.key.rnage", "unknown"),
    (KEY, "{}", "arguments[1].items[1].fields", "at least one value, found none"),
    (KEY, '{ "a key" = { shape = [], dtype = "key" } }', "arguments[1].items[1].fields.a key",
     "expected an identifier, found 'a key'"),
    (KEY, f"{{ key = {DEEP} }}", "arguments[1].items[1].fields.key.fields.a.fields.a.fields",
     "containers at most 4 deep"),
    (KEY, f'{KEY}\nname = "count"', "arguments[1].items[1].name", "once, found 'count' again"),
    (COUNT, COUNT.replace("count", "1"), "arguments[1].items[1].name", "once, found '1' again"),
    ('static = "K"', 'static = "L"', "arguments[4].static", "a dimension (N, K, D), found 'L'"),
    ('static = "K"', 'static = "K"\ndtype = "int32"', "arguments[4].dtype", "beside static"),
    ('static = "K"', 'static = "K"\nrange = [0, 1]', "arguments[4].range", "beside static"),
    ('static = "K"', "static = 3", "arguments[4].static", "expected a string, found 3"),
    ('"D+1"', '"D-1"', "arguments[2].shape[1]", "with + and *, such as N+1, found 'D-1'"),
    ('"D+1"', '"0*D"', "arguments[2].shape[1]", "numbers of at least 1 with + and *"),
    ('"D+1"', '"D+E"', "arguments[2].shape[1]", "a dimension (N, K, D), found 'E'"),
    ('"D+1"', "0", "arguments[2].shape[1]", "at least 1, found 0"),
    ('"D+1"', "true", "arguments[2].shape[1]", "a number, or a text such as N, N+1 or K*B"),
    (LOSSES, 'name = "losses"\n', "result.items[0]", f"{RESULT}, found none of them"),
    (LOSSES, 'dtype = "float32"\n', "result.items[0].shape", "required and missing"),
    (LOSSES, LOSSES + 'static = "N"\n', "result.items[0].static", "unknown key; the keys here are"),
    (LOSSES, LOSSES.replace("float32", "key"), "result.items[0].dtype", "bool), found 'key'"),
    (LOSSES, LOSSES + "fields = {}\n", "result.items[0]", "found shape and fields together"),
    (PAIR, "{}", "result.items[1].fields", "at least one value, found none"),
    (PAIR, PAIR.replace('["D"]', '["M"]'), "result.items[1].fields.w.shape[0]", "a dimension"),
    (PAIR, "[]", "result.items[1].fields", "expected a table, found []"),
]  # fmt: skip


def changed(folder: Path, old: str, new: str) -> Path:
    assert TOML.count(old) >= 1, old
    return write(folder / "fit", TOML.replace(old, new, 1), SOURCE)


@pytest.mark.parametrize(("old", "new", "key", "message"), TABLE)
def test_a_mistake_in_a_value_is_named(
    tmp_path: Path, old: str, new: str, key: str, message: str
) -> None:
    folder = changed(tmp_path, old, new)
    found = [d for d in mistakes(folder) if d.key == key and message in d.message]
    assert len(found) == 1, mistakes(folder)
    assert found[0].line is not None


def test_containers_may_be_four_deep(tmp_path: Path) -> None:
    inner = DEEP.removeprefix("{ fields = { a = ").removesuffix(" } }")
    folder = changed(tmp_path, KEY, f"{{ key = {inner} }}")
    names = [argument.name for argument in load_problem(folder).rubric.arguments]
    assert "state.1.key.a.a" in names


def test_a_dimension_is_used_by_a_static_integer_alone(tmp_path: Path) -> None:
    folder = changed(tmp_path, '"N*K"', '"N"')
    assert load_problem(folder).rubric.dimensions[1].name == "K"


@pytest.mark.parametrize("shape", ['["N", "D"]', '["N", "N+D"]', '["N", "2*D"]'])
def test_a_dimension_in_an_extent_is_used(tmp_path: Path, shape: str) -> None:
    toml = TOML.replace(ROWS, f"shape = {shape}").replace('["D"]', "[3]")
    assert load_problem(write(tmp_path / "fit", toml, SOURCE)).rubric.dimensions[2].name == "D"


def test_a_dimension_that_only_a_result_has_is_not_used(tmp_path: Path) -> None:
    toml = TOML.replace(ROWS, 'shape = ["N"]').replace(
        'shape = ["D"]\ndtype = "float32"\nrange', 'shape = [3]\ndtype = "float32"\nrange'
    )
    (diagnostic,) = mistakes(write(tmp_path / "fit", toml, SOURCE))
    assert (diagnostic.key, diagnostic.line) == ("dimensions.D", 10)


STATIC = """\
entry = "f"
title = "Nothing to draw"
level = "easy"
summary = "A function of no arrays."
result = { shape = [], dtype = "float32" }

[dimensions]
N = { min = 1, max = 4 }

[[arguments]]
name = "n"
%s
"""


@pytest.mark.parametrize("value", ['static = "N"', 'items = [{ static = "N" }]'])
def test_without_an_array_there_is_nothing_to_draw(tmp_path: Path, value: str) -> None:
    folder = write(tmp_path / "f", STATIC % value, "def f(n): ...\n")
    (diagnostic,) = mistakes(folder)
    assert diagnostic.key == "arguments"
    assert diagnostic.message == "expected at least one array, found static integers only"


VALUE = "shape, dtype, range, static, fields, items"
NESTED_KEYS = [
    (KEY, KEY.replace("dtype", "dytpe"), VALUE),
    (COUNT, COUNT.replace("dtype", "dytpe"), f"{VALUE}, name"),
    (LOSSES, LOSSES.replace("dtype", "dytpe"), "shape, dtype, fields, items, name"),
    (PAIR, PAIR.replace("dtype", "dytpe", 1), "shape, dtype, fields, items"),
]


@pytest.mark.parametrize(("old", "new", "names"), NESTED_KEYS)
def test_the_keys_of_a_nested_table_are_named(
    tmp_path: Path, old: str, new: str, names: str
) -> None:
    (found,) = [d for d in mistakes(changed(tmp_path, old, new)) if d.key.endswith("dytpe")]
    assert found.message == f"unknown key; the keys here are {names}"
    assert found.suggestion == "dtype"


def keys(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything in a document."""
    for key, value in document.items() if isinstance(document, dict) else enumerate(document):
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from keys(value, (*path, key))


PATHS = list(keys(tomllib.loads(TOML)))
WORDS = st.sampled_from(["N", "N+1", "0*K", "key", "bool", "int8", "rows", "state", "n_micro"])
TABLES = st.dictionaries(
    st.sampled_from(["shape", "dtype", "range", "static", "fields", "items", "name"]),
    values | WORDS,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), values | WORDS | TABLES), min_size=1, max_size=3))
def test_any_values_load_or_are_reported(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = tomllib.loads(TOML)
    for path, value in changes:
        with suppress(LookupError, TypeError):
            replace(document, path, value)
    text = "\n".join(f"{json.dumps(key)} = {toml_text(item)}" for key, item in document.items())
    found = outcome(text.encode(), SOURCE.encode())
    assert found != []
    assert all(re.search(r"\w", message) for message in found or ())
